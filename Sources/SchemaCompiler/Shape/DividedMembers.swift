import ContractModel
import JSONSchema
import JSONTape

/// The schemas of members by their names, without those of patterns: a shape may represent more values than its schemas allow.
struct DividedMembers {
    private typealias Schemas = (position: Int, nodes: [SchemaModel.NodeID])

    private var named: [JSONName: [Schemas]] = [:]
    /// The schemas of the members that a division does not name.
    private var others: [Schemas] = []

    /// - Parameter divisions: The divisions of an object's members, each of which applies.
    init(_ divisions: [Assertion.Members]) {
        for (position, members) in divisions.enumerated() {
            for (name, properties) in Dictionary(grouping: members.properties, by: { JSONName($0.name.value) }) {
                named[name, default: []].append((position, properties.map(\.node)))
            }
            if members.patterns.isEmpty, let additional = members.additional { others.append((position, [additional])) }
        }
    }

    /// Returns the schemas of a member, in the order of the divisions.
    func nodes(of name: JSONName) -> [SchemaModel.NodeID] {
        let own = named[name] ?? []
        guard !others.isEmpty else { return own.flatMap(\.nodes) }
        let positions = Set(own.map(\.position))
        let all = own + others.filter { !positions.contains($0.position) }
        return all.sorted { $0.position < $1.position }.flatMap(\.nodes)
    }
}
