import JSONSchema
import JSONTape

/// The branches of `anyOf` or `oneOf` that objects distinguish by their tags: at most one can be valid.
struct TaggedUnion {
    typealias NodeID = SchemaModel.NodeID

    let nodes: [NodeID]
    /// The members that distinguish the branches, in the order of their paths, with the position of the branch for each value.
    private let members: [(path: ObjectTags.Path, positions: [JSONValue: Int])]

    /// - Parameter tags: The tags of a node.
    /// - Returns: `nil` where no member distinguishes all branches.
    init?(_ nodes: [NodeID], tags: (NodeID) -> ObjectTags) {
        guard nodes.count > 1 else { return nil }
        let all = nodes.map(tags)
        guard all.allSatisfy(\.isObject) else { return nil }
        let paths = all[0].values.keys.sorted { $0.map(\.text).lexicographicallyPrecedes($1.map(\.text)) }
        members = paths.compactMap { path in Self.positions(of: all, at: path).map { (path, $0) } }
        guard !members.isEmpty else { return nil }
        self.nodes = nodes
    }

    private static func positions(of all: [ObjectTags], at path: ObjectTags.Path) -> [JSONValue: Int]? {
        let sets = all.compactMap { $0.values[path] }
        guard sets.count == all.count else { return nil }
        var positions: [JSONValue: Int] = [:]
        // The largest last: a value that it shares with the others is found without a look at all of its own.
        for index in sets.indices.sorted(by: { sets[$0].count < sets[$1].count }) {
            let values = sets[index]
            if values.count > positions.count {
                guard positions.keys.allSatisfy({ !values.contains($0) }) else { return nil }
            }
            for value in values where positions.updateValue(index, forKey: value) != nil { return nil }
        }
        return positions
    }

    /// Returns the branches that objects with some tags can satisfy.
    ///
    /// - Parameter most: The number of values of a member up to which the branches are looked up.
    /// - Returns: `nil` where no member that distinguishes the branches has so few values.
    func candidates(_ tags: ObjectTags, most: Int = .max) -> [NodeID]? {
        let known = members.compactMap { member in tags.values[member.path].map { (values: $0, member.positions) } }
        guard let (values, positions) = known.min(by: { $0.values.count < $1.values.count }), values.count <= most
        else { return nil }
        return Set(values.compactMap { positions[$0] }).sorted().map { nodes[$0] }
    }
}
