import ContractEvolution
import ContractModel
import Testing

/// The changes of messages that generated code writes, without members that the schema does not name.
@Suite
struct WrittenMessageTests {
    private func contract(_ parts: String..., label: String) throws -> ContractVersion {
        let manifest = """
            contract: Shop
            version: 1.0.0
            service: shop
            topics: {orders: {partitions: 1, replication: 1}}
            messages: {Order: {schema: order.schema.json, topic: orders}}
            """
        let branches = (0..<20).map { #"{"properties": {"b\#($0)": {"type": "string"}}}"# }
        let schema = #"""
            {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["b3"],
             "anyOf": [\#(branches.joined(separator: ","))],
             "allOf": [\#(parts.joined(separator: ","))]}
            """#
        return try version(["topics.yaml": Array(manifest.utf8), "order.schema.json": Array(schema.utf8)], label)
    }

    @Test
    func aBranchMayNameAMemberThatIsWritten() throws {
        let text = #"{"properties": {"c": {"type": "string"}}}"#
        let old = try contract(text, label: "old")
        let new = try contract(text, #"{"properties": {"b3": {"minLength": 3}}}"#, label: "new")
        let changes = ContractComparison.report(old: [old], new: new).changes
        #expect(changes.map { $0.counterexamples[.data]?.text } == [#"{"b3":""}"#])
    }
}
