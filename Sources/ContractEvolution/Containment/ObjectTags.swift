import JSONTape

/// The members that each object which a node accepts must have, with the only values that they may have, by their paths:
/// the discriminators of messages, and the `const` members of a union's branches.
///
/// Two nodes whose values differ at a path share no object. This decides most of a large union at once, where a search
/// would try all combinations of its branches.
struct ObjectTags {
    typealias Path = [JSONName]

    /// Whether the node accepts objects alone.
    var isObject = false
    private(set) var values: [Path: Set<JSONValue>] = [:]

    mutating func add(_ allowed: Set<JSONValue>, at path: Path) {
        values[path] = values[path].map { $0.intersection(allowed) } ?? allowed
    }

    /// Adds the tags of another node that accepts the same object.
    mutating func formIntersection(_ other: ObjectTags) {
        isObject = isObject || other.isObject
        for (path, allowed) in other.values { add(allowed, at: path) }
    }

    /// Whether no object has these tags.
    var isEmpty: Bool { values.contains { $0.value.isEmpty } }

    /// Returns whether no object has the tags of both.
    func contradict(_ other: ObjectTags) -> Bool {
        let (fewer, more) = values.count < other.values.count ? (self, other) : (other, self)
        return fewer.values.contains { path, allowed in
            more.values[path].map { $0.isDisjoint(with: allowed) } ?? false
        }
    }
}
