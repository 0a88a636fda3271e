import ContractModel
import JSONSchema
import JSONTape

/// A division of members whose properties are found by name. A wide object needs the schema of each of its members.
struct MemberDivision {
    let members: Assertion.Members
    private let properties: [JSONName: [SchemaModel.NodeID]]

    init(_ members: Assertion.Members) {
        self.members = members
        properties = Dictionary(grouping: members.properties) { JSONName($0.name.value) }
            .mapValues { $0.map(\.node) }
    }

    /// Returns the schemas of the property with a name.
    func nodes(of name: JSONName) -> [SchemaModel.NodeID] { properties[name] ?? [] }
}
