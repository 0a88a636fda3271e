import SchemaPlan
import JSONSchema
import ContractModel
import JSONTape

/// A builder of the shapes of schemas.
///
/// A shape is made for a set of schemas that apply to the same value, and for the alternatives chosen among theirs. Parts
/// of a value are queued, so that the depth of the work is that of the schemas of one value.
struct ShapeBuilder {
    typealias NodeID = SchemaModel.NodeID

    /// Schemas of the same value.
    struct Key: Hashable {
        var nodes: [NodeID]
        /// The lists of alternatives of which `nodes` has a branch.
        var chosen: Set<AssertionPlace> = []
    }

    let model: SchemaModel
    var shapes = ShapeModel()
    private var ids: [Key: Shape.ID] = [:]
    private var waiting: [Shape.ID: Key] = [:]
    private var queue: [Shape.ID] = []

    /// The most combinations of alternatives that become a union.
    private static let mostCombinations = 64
    /// The most alternatives of one list that become a union: a contract may write all its events in one file.
    private static let mostAlternatives = 256

    static func build(_ model: SchemaModel) -> ShapeModel {
        var builder = ShapeBuilder(model: model)
        for (file, root) in model.roots.sorted(by: { $0.key < $1.key }) {
            let id = builder.shape(of: [root])
            builder.shapes[id].isShared = true
            builder.shapes.roots[file] = id
        }
        while let id = builder.queue.popLast() { builder.force(id) }
        return builder.shapes.completed
    }

    // MARK: Ids

    /// Returns the id of the shape of schemas that all apply to a value. The shape itself may be found later.
    mutating func shape(of nodes: [NodeID], chosen: Set<AssertionPlace> = []) -> Shape.ID {
        var sources: [NodeID] = []
        var isReferred = false
        for node in nodes {
            let source = model.shapeSource(of: node)
            if !sources.contains(source.node) { sources.append(source.node) }
            isReferred = isReferred || source.isReferred
        }
        // A schema that accepts everything changes nothing beside others.
        let relevant = sources.filter { !model[$0].assertions.isEmpty || !model[$0].isComplete }
        if !relevant.isEmpty { sources = relevant }
        let id = shape(for: Key(nodes: sources, chosen: chosen))
        if sources.count == 1, chosen.isEmpty {
            for node in nodes { shapes.shapesByNode[node] = id }
            if isReferred { shapes[id].isShared = true }
        }
        return id
    }

    private mutating func shape(for key: Key) -> Shape.ID {
        if let known = ids[key] { return known }
        let id = add(.any, node: key.nodes[0])
        ids[key] = id
        if key.nodes.count == 1, key.chosen.isEmpty { shapes.shapesByNode[key.nodes[0]] = id }
        waiting[id] = key
        queue.append(id)
        return id
    }

    /// Adds a shape that has no schema of its own.
    mutating func add(_ kind: Shape.Kind, node: NodeID, note: String? = nil) -> Shape.ID {
        shapes.shapes.append(Shape(kind: kind, node: node, note: note))
        return Shape.ID(index: shapes.shapes.count - 1)
    }

    /// Returns the kind of a shape; `nil` where it is being found at the moment.
    func knownKind(_ id: Shape.ID) -> Shape.Kind? {
        let target = shapes.resolve(id)
        return inProgress.contains(target) ? nil : shapes[target].kind
    }

    private var inProgress: Set<Shape.ID> = []

    /// Finds a shape now, unless it is known or being found.
    mutating func force(_ id: Shape.ID) {
        guard let key = waiting.removeValue(forKey: id) else { return }
        inProgress.insert(id)
        let found = find(key)
        inProgress.remove(id)
        shapes[id].kind = found.kind
        shapes[id].note = found.note
        if !found.isComplete { shapes[id].isComplete = false }
    }

    // MARK: One value

    struct Found {
        var kind: Shape.Kind
        var note: String?
        var isComplete = true
    }

    private mutating func find(_ key: Key) -> Found {
        let fragment = Fragment(key.nodes, ignoring: key.chosen, in: model)
        var found = find(fragment, key)
        found.isComplete = fragment.isComplete
        return found
    }

    private mutating func find(_ fragment: Fragment, _ key: Key) -> Found {
        guard !fragment.isNever, !fragment.types.isEmpty else { return Found(kind: .never) }
        var groups: [Fragment.Alternatives] = []
        for alternatives in fragment.alternatives {
            let parts = alternatives.branches.map { branch in
                (branch, Fragment([branch], ignoring: key.chosen, in: model))
            }
            let possible = parts.filter { part in
                !part.1.isNever && !part.1.types.intersected(with: fragment.types).isEmpty
            }
            guard !possible.isEmpty else { return Found(kind: .never) }
            if possible.allSatisfy({ $0.1.isNeutral(beside: fragment) }) { continue }
            var group = alternatives
            group.branches = possible.map(\.0)
            groups.append(group)
        }
        guard !groups.isEmpty else { return plain(fragment, node: key.nodes[0]) }
        return combine(groups, fragment, key)
    }

    /// Returns the shape of a value for which each list of alternatives has one choice.
    private mutating func combine(
        _ groups: [Fragment.Alternatives], _ fragment: Fragment, _ key: Key
    ) -> Found {
        let count = groups.reduce(1) { $0.multipliedReportingOverflow(by: $1.branches.count).partialValue }
        let most = groups.count == 1 ? Self.mostAlternatives : Self.mostCombinations
        guard count <= most, groups.allSatisfy({ $0.branches.count <= most }) else {
            return Found(kind: .any, note: "its alternatives have more than \(most) combinations")
        }
        let chosen = key.chosen.union(groups.map(\.place))
        var combinations: [[NodeID]] = [[]]
        for group in groups { combinations = combinations.flatMap { part in group.branches.map { part + [$0] } } }
        let alternatives = combinations.map { branches -> Shape.ID in
            let isAlone =
                groups.count == fragment.alternatives.count && fragment.statesOnlyTypes
                && isWithin(fragment, branches)
            let id = isAlone ? shape(of: branches) : shape(of: key.nodes + branches, chosen: chosen)
            force(id)
            return id
        }
        return unify(alternatives, node: key.nodes[0], mayOverlap: groups.contains(where: \.mayOverlap))
    }

    /// Returns whether schemas allow only types that the schemas beside them allow too.
    private func isWithin(_ outer: Fragment, _ branches: [NodeID]) -> Bool {
        guard outer.hasTypes else { return true }
        let inner = Fragment(branches, ignoring: [], in: model)
        return inner.alternatives.isEmpty && inner.hasTypes
            && inner.types.intersected(with: outer.types) == inner.types.normalized
    }

    // MARK: Without alternatives

    private mutating func plain(_ fragment: Fragment, node: NodeID) -> Found {
        if let values = fragment.values { return enumeration(values, fragment.types, node: node) }
        var types = fragment.types
        var note: String?
        if !fragment.hasTypes {
            guard let implied = impliedType(fragment) else { return Found(kind: .any) }
            types = implied.set
            note = "the schema states no type, and \(implied.word) is assumed"
        }
        let isNullable = types.contains(.null)
        types.remove(.null)
        var parts: [Shape.Kind] = []
        if types.contains(.string) {
            let format = fragment.formats.first
            parts.append(.string(fragment.formats.allSatisfy { $0 == format } ? format : nil))
        }
        if types.contains(.number) {
            parts.append(.number)
        } else if types.contains(.integer) || types.contains(.integerLiteral) {
            parts.append(.integer(Shape.IntegerRange(minimum: fragment.minimum, maximum: fragment.maximum)))
        }
        if types.contains(.boolean) { parts.append(.boolean) }
        if types.contains(.array) { parts.append(array(fragment, node: node)) }
        if types.contains(.object) { parts.append(object(fragment, node: node)) }
        guard let first = parts.first else { return Found(kind: .null) }
        var found: Found
        if parts.count == 1 {
            found = Found(kind: first)
        } else {
            let ids = parts.map { add($0, node: node) }
            found = unify(ids, node: node)
        }
        found.note = found.note ?? note
        return isNullable ? nullable(found, node: node) : found
    }

    /// Returns the type that a schema means which states none.
    private func impliedType(_ fragment: Fragment) -> (set: TypeSet, word: String)? {
        if fragment.members.contains(where: { !$0.properties.isEmpty }) || !fragment.required.isEmpty {
            return (.object, "an object")
        }
        if fragment.members.contains(where: { !$0.patterns.isEmpty || $0.additional != nil }) {
            return (.object, "an object")
        }
        return fragment.items.isEmpty ? nil : (.array, "an array")
    }

    /// Returns a found shape, or `null`.
    mutating func nullable(_ found: Found, node: NodeID) -> Found {
        switch found.kind {
        case .any, .null, .nullable: return found
        case .same(let other): return Found(kind: .nullable(other))
        case .never: return Found(kind: .null, note: found.note)
        default: return Found(kind: .nullable(add(found.kind, node: node, note: found.note)), note: found.note)
        }
    }

    private mutating func enumeration(_ values: [JSONValue], _ types: TypeSet, node: NodeID) -> Found {
        let possible = values.filter { types.includes($0) }
        let others = possible.filter { $0 != .null }
        guard !possible.isEmpty else { return Found(kind: .never) }
        guard let first = others.first else { return Found(kind: .null) }
        // One truth value is a boolean whose other value is invalid.
        let isBoolean = others.allSatisfy { if case .bool = $0 { true } else { false } }
        let found =
            isBoolean && (others.count == 2 || others == [first])
            ? Found(kind: .boolean) : Found(kind: .enumeration(others))
        return others.count < possible.count ? nullable(found, node: node) : found
    }
}

extension TypeSet {
    /// Returns whether the set includes a value.
    fileprivate func includes(_ value: JSONValue) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        case .number(let number):
            contains(.number) || number.isInteger && (contains(.integer) || contains(.integerLiteral))
        }
    }
}
