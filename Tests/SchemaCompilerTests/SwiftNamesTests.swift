import ContractModel
import SchemaCompiler
import Testing

/// Swift names that a schema or a manifest sets.
@Suite struct SwiftNamesTests {
    private static let member = """
        "order-id": {"type": "string"%1}, \
        "state": {"type": "string", "enum": ["on-hold", "on_hold"]%2}, \
        "lines": {"type": "array", "items": {"type": "object", "title": "Line", "properties": {"a": {"type": "string"}}%3}}, \
        "address": {"$ref": "#/definitions/addr"%4}
        """

    private func contract(_ marks: [String], names: String = "") -> ShopContract {
        var shop = ShopContract()
        shop.member = marks.enumerated().reduce(Self.member) { text, mark in
            text.replacing("%\(mark.offset + 1)", with: mark.element.isEmpty ? "" : ", " + mark.element)
        }
        shop.definitions = #"{"addr": {"type": "object", "properties": {"b": {"type": "string"}}}}"#
        if !names.isEmpty { shop.change("    envelope:", to: "    swift_names: {\(names)}\n    envelope:") }
        return shop
    }

    private func names(_ shop: ShopContract) throws -> [String] {
        let structure = try #require(try shop.compiled()?.messages.first?.structure)
        let payload = try #require(structure.structs.first { $0.name == "Payload" })
        let enums = payload.enums.filter { $0.name != "Status" }
        let shared = structure.structs.map(\.name).filter { $0 != "Payload" }
        return payload.properties.prefix(4).map(\.name) + enums.flatMap { [$0.name] + $0.cases.map(\.name) }
            + payload.structs.map(\.name) + shared
    }

    private static let expected = [
        "reference", "phase", "lines", "place", "Phase", "onHold", "paused", "OrderLine", "Place",
    ]

    @Test("by default, the second of two equal names has a number")
    func numbers() throws {
        let shop = contract(["", "", "", ""])
        let structure = try #require(try shop.compiled()?.messages.first?.structure)
        let payload = try #require(structure.structs.first { $0.name == "Payload" })
        #expect(payload.properties.map(\.name).filter { $0.hasPrefix("order") } == ["orderID", "orderID2"])
        #expect(payload.enums.first { $0.name == "State" }?.cases.map(\.name) == ["onHold", "onHold2"])
    }

    @Test("a schema sets names")
    func schema() throws {
        let shop = contract([
            #""x-swift-name": "reference""#, #""x-swift-name": "phase", "x-swift-names": {"on_hold": "paused"}"#,
            #""x-swift-name": "OrderLine""#, #""x-swift-name": "place""#,
        ])
        // The definition's own name is set there.
        var named = shop
        named.definitions = named.definitions.replacing(
            #"{"type": "object""#, with: #"{"x-swift-name": "Place", "type": "object""#)
        #expect(try names(named) == Self.expected)
    }

    @Test("the manifest sets names for a schema that can't be changed")
    func manifest() throws {
        let shop = contract(
            ["", "", "", ""],
            names: """
                /payload/order-id: reference, /payload/state: phase, /payload/state/on_hold: paused, \
                "#/properties/payload/properties/lines/items": OrderLine, /payload/address: place, \
                "#/definitions/addr": Place
                """)
        #expect(try names(shop) == Self.expected)
    }

    @Test("the manifest sets the names of types in other files, which have one file name")
    func otherFiles() throws {
        var shop = contract(["", "", "", ""], names: "parts/site.json: Depot, parts2/site.json#/$defs/dock: Dock")
        shop.member += #", "from": {"$ref": "parts/site.json"}, "to": {"$ref": "parts2/site.json"}"#
        let dock = #"{"type": "object", "properties": {"gate": {"type": "string"}}}"#
        shop.files["parts/site.json"] = #"{"type": "object", "properties": {"city": {"type": "string"}}}"#
        shop.files["parts2/site.json"] =
            ##"{"type": "object", "properties": {"at": {"$ref": "#/$defs/dock"}}, "$defs": {"dock": \##(dock)}}"##
        let contract = try #require(try shop.compiled())
        let types =
            contract.sharedTypes.map(\.type.path.last) + (contract.messages.first?.structure.structs.map(\.name) ?? [])
        #expect(Set(types).isSuperset(of: ["Depot", "Dock"]), "\(types)")
    }

    @Test("names that Swift does not allow, and names for nothing, are reported")
    func faults() throws {
        let shop = contract(
            [
                #""x-swift-name": "order id""#,
                #""x-swift-name": "init", "x-swift-names": {"on_hold": "paused", "on hold": "x"}"#,
                #""X-Swift-Name": "a""#, #""x-swift-types": "UUID""#,
            ],
            names: "/payload/lost: a, \"#/definitions/lost\": b, /payload/state: 1st")
        #expect(
            Set(try shop.check().map { "\($0.message) [\($0.rule.rawValue)]" }).isSuperset(of: [
                "invalid Swift name 'order id' [invalid-name]",
                "invalid Swift name 'init' [invalid-name]",
                "'on hold' is not in the 'enum' of this schema [schema-value]",
                "order.schema.json has no property, enum value or schema '#/definitions/lost' [pointer-not-found]",
                "invalid Swift name '1st' [invalid-name]", "unknown keyword 'X-Swift-Name' [schema-keyword]",
                "unknown keyword 'x-swift-types' [schema-keyword]",
            ]))
    }
}
