import ContractModel
import SchemaCompiler
import Testing

/// Defaults of properties.
@Suite struct DefaultTests {
    private func property(_ schema: String) throws -> (property: StructProperty?, findings: [String]) {
        var shop = ShopContract()
        shop.member = "\"note\": \(schema)"
        let structure = try shop.compiled()?.messages.first?.structure
        let payload = structure?.structs.first { $0.name == "Payload" }
        return (payload?.properties.first { $0.jsonName == "note" }, try shop.findings())
    }

    @Test("a valid default is the property's")
    func valid() throws {
        let found = try property(#"{"type": "string", "default": "x"}"#)
        #expect(found.property?.defaultValue == .string("x"))
        #expect(found.findings.isEmpty)
    }

    @Test(
        "an invalid default is a warning, and no Swift default",
        arguments: [
            #"{"type": "string", "maxLength": 1, "default": "xy"}"#,
            #"{"type": "integer", "multipleOf": 3, "default": 4}"#,
            #"{"enum": ["a"], "default": "b"}"#,
        ])
    func invalid(schema: String) throws {
        let found = try property(schema)
        #expect(found.property != nil && found.property?.defaultValue == nil)
        #expect(found.findings == ["order.schema.json:7: the default is invalid by its own schema [schema-value]"])
    }
}
