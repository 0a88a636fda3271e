import ContractModel
import JSONSchema
import JSONTape

/// The schemas of a message, each with the places of the graph of sensitive values that it applies to.
///
/// Alternatives and conditions are not decided, as in the graph.
struct SensitivityWalk {
    typealias NodeID = SchemaModel.NodeID

    /// A schema that applies to values at a place of the graph; the place is `nil` where nothing in the value is wanted.
    struct Visit: Hashable {
        var schema: NodeID
        var position: Int?
    }

    let model: SchemaModel
    let graph: SensitivityGraph
    /// Whether the values of a category are wanted, by the category's position.
    private let isWanted: [Bool]
    /// The nodes of the graph that lead to a wanted value.
    private let leading: Set<Int>
    /// All schemas, but those within wanted values.
    private(set) var visits: Set<Visit> = []

    init(_ model: SchemaModel, root: NodeID, graph: SensitivityGraph, wanted: [Bool]) {
        self.model = model
        self.graph = graph
        isWanted = wanted
        leading = graph.nodes(leadingTo: { $0.category.map { wanted[$0] } ?? false })
        var waiting: [Visit] = []
        func add(_ found: [Visit]) {
            for visit in found where visits.insert(visit).inserted { waiting.append(visit) }
        }
        add([Visit(schema: root, position: leading.contains(0) ? 0 : nil)])
        while let visit = waiting.popLast() {
            guard category(at: visit.position) == nil else { continue }
            for assertion in model[visit.schema].assertions { add(parts(of: assertion.kind, at: visit.position)) }
        }
    }

    /// Returns the schemas that apply to values at places of the graph without any condition, those of wanted values
    /// included.
    func unconditionalVisits(from root: NodeID) -> Set<Visit> {
        var found: Set<Visit> = []
        var waiting = [Visit(schema: root, position: leading.contains(0) ? 0 : nil)]
        while let visit = waiting.popLast() {
            guard visit.position != nil, found.insert(visit).inserted else { continue }
            let isWanted = category(at: visit.position) != nil
            for assertion in model[visit.schema].assertions {
                switch assertion.kind {
                case .refer, .all: waiting += parts(of: assertion.kind, at: visit.position)
                case .any(let branches) where branches.count == 1, .one(let branches) where branches.count == 1:
                    waiting += parts(of: assertion.kind, at: visit.position)
                case .items where !isWanted: waiting += parts(of: assertion.kind, at: visit.position)
                case .members(let members) where !isWanted:
                    // A pattern may match none of the names.
                    let certain = Assertion.Members(
                        properties: members.properties, patterns: [], additional: members.additional)
                    waiting += parts(of: .members(certain), at: visit.position)
                default: break
                }
            }
        }
        return found
    }

    /// Returns the category of the wanted value at a place of the graph.
    func category(at position: Int?) -> Int? {
        guard let position, let category = graph.nodes[position].category, isWanted[category] else { return nil }
        return category
    }

    /// Returns whether a value at a place of the graph has, or is, a wanted one other than `null`.
    func states(_ value: JSONValue, at position: Int?) -> Bool {
        guard let position, value != .null else { return false }
        if category(at: position) != nil { return true }
        let node = graph.nodes[position]
        switch value {
        case .object(let object): return object.contains { states($0.value, at: node.position(ofMember: $0.key)) }
        case .array(let elements):
            return elements.enumerated().contains { states($0.element, at: node.position(ofElement: $0.offset)) }
        case .null, .bool, .number, .string: return false
        }
    }

    // MARK: Dependence

    /// Returns whether the result of a schema depends on the values.
    func isDependent(_ schema: NodeID, at position: Int?) -> Bool {
        isDependent(Visit(schema: schema, position: position))
    }

    func isDependent(_ start: Visit) -> Bool {
        var seen: Set<Visit> = [start]
        var open = [start]
        while let visit = open.popLast() {
            guard visit.position != nil else { continue }
            let assertions = model[visit.schema].assertions
            if category(at: visit.position) != nil {
                if !isConstant(visit.schema) { return true }
                continue
            }
            for assertion in assertions {
                if isDependent(assertion.kind, at: visit.position) { return true }
                open += parts(of: assertion.kind, at: visit.position).filter { seen.insert($0).inserted }
            }
        }
        return false
    }

    /// Returns whether a schema accepts all values, or none.
    func isConstant(_ schema: NodeID) -> Bool {
        model[schema].assertions.allSatisfy { if case .never = $0.kind { true } else { false } }
    }

    /// Returns whether the result of an assertion itself, without those of its schemas, depends on the values.
    func isDependent(_ kind: Assertion.Kind, at position: Int?) -> Bool {
        guard position != nil else { return false }
        switch kind {
        case .values(let values): return values.contains { $0.isContainer }
        case .uniqueItems: return elements(of: position, from: 0).contains { $0 != nil }
        default: return false
        }
    }

    // MARK: Parts

    /// Returns the schemas of an assertion, each with the places of the values that it applies to.
    func parts(of kind: Assertion.Kind, at position: Int?) -> [Visit] {
        func visits(_ schema: NodeID, _ positions: [Int?]) -> [Visit] {
            (positions.isEmpty ? [nil] : positions).map { Visit(schema: schema, position: $0) }
        }
        switch kind {
        case .members(let members): return memberParts(members, at: position)
        case .items(let items):
            let prefix = items.prefix.enumerated().flatMap { index, schema in
                visits(schema, [element(index, of: position)])
            }
            return prefix + (items.rest.map { visits($0, elements(of: position, from: items.prefix.count)) } ?? [])
        case .contains(let contains): return visits(contains.node, elements(of: position, from: 0))
        case .unevaluatedItems(let schema): return visits(schema, elements(of: position, from: 0))
        case .unevaluatedProperties(let schema):
            return visits(
                schema, otherMembers(of: position) { graph.memberSchemas.mayApply(unevaluated: schema, to: $0) })
        case .propertyNames(let schema): return visits(schema, [nil])
        case .dependentSchemas, .all, .any, .one, .not, .ifThenElse, .refer:
            return kind.children.flatMap { visits($0, [position]) }
        case .never, .types, .values, .minimumLength, .maximumLength, .pattern, .format, .bound, .multipleOf,
            .minimumItems, .maximumItems, .uniqueItems, .minimumProperties, .maximumProperties, .required,
            .dependentRequired:
            return []
        }
    }

    private func memberParts(_ members: Assertion.Members, at position: Int?) -> [Visit] {
        let node = position.map { graph.nodes[$0] }
        let names = Set(members.properties.map { JSONName($0.name.value) })
        let named = members.properties.map { property in
            Visit(schema: property.node, position: live(node?.position(ofMember: property.name.value)))
        }
        let matched = members.patterns.flatMap { pattern in
            otherMembers(of: position) { graph.memberSchemas.mayMatch(pattern, $0) }
                .map { Visit(schema: pattern.node, position: $0) }
        }
        let others = members.additional.map { schema in
            otherMembers(of: position) { !names.contains(JSONName($0)) }.map { Visit(schema: schema, position: $0) }
        }
        return named + matched + (others ?? [])
    }

    private func live(_ position: Int?) -> Int? {
        position.flatMap { leading.contains($0) ? $0 : nil }
    }

    /// Returns the places of the members with some names, and of those that the graph does not name.
    private func otherMembers(of position: Int?, where isIncluded: (String) -> Bool) -> [Int?] {
        guard let position else { return [nil] }
        let node = graph.nodes[position]
        return node.members.filter { isIncluded($0.name) }.map { live($0.node) } + [live(node.otherMembers)]
    }

    private func element(_ index: Int, of position: Int?) -> Int? {
        guard let position else { return nil }
        return live(graph.nodes[position].position(ofElement: index))
    }

    /// Returns the places of the elements from a position on.
    private func elements(of position: Int?, from start: Int) -> [Int?] {
        guard let position else { return [nil] }
        let node = graph.nodes[position]
        return node.elements.dropFirst(start).map(live) + [live(node.otherElements)]
    }
}

extension JSONValue {
    fileprivate var isContainer: Bool {
        switch self {
        case .array, .object: true
        case .null, .bool, .number, .string: false
        }
    }
}
