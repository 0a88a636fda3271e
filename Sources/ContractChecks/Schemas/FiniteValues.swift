import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// The schemas of a model that accept a finite value, as far as the parts decide that each of their values must have.
///
/// A schema all of whose values need a part that is valid by the schema itself, without end, accepts none.
struct FiniteValues {
    typealias NodeID = SchemaModel.NodeID

    /// Parts of a value of which it must have at least one.
    struct Need {
        struct Part {
            var node: NodeID
            /// The path from the value to the part; empty for a condition on the value itself.
            var path: [String]
        }

        /// The condition that states the need.
        var assertion: Assertion
        var parts: [Part]
    }

    /// The schemas without a finite value, with the needs that lead to others of them.
    private(set) var infinite: [NodeID: [Need]] = [:]

    init(_ model: SchemaModel) {
        let needs = model.ids.map { Self.needs(of: $0, in: model) }
        // Most models have no cycle of needs: a schema is finite as soon as each of its needs has a finite part.
        var dependents = [[Int]](repeating: [], count: needs.count)
        for (index, list) in needs.enumerated() {
            for part in list.flatMap(\.parts) { dependents[part.node.index].append(index) }
        }
        var isFinite = [Bool](repeating: false, count: needs.count)
        var waiting = Array(needs.indices)
        while let index = waiting.popLast() {
            guard !isFinite[index],
                needs[index].allSatisfy({ need in need.parts.contains { isFinite[$0.node.index] } })
            else { continue }
            isFinite[index] = true
            waiting += dependents[index]
        }
        for index in needs.indices where !isFinite[index] {
            infinite[NodeID(index)] = needs[index].filter { need in
                !need.parts.contains { isFinite[$0.node.index] }
            }
        }
    }

    /// Returns a way from a schema to itself by needs, starting with a part of its values; `nil` if there is none.
    func cycle(from start: NodeID) -> [(assertion: Assertion, path: [String])]? {
        var cameFrom: [NodeID: (node: NodeID, assertion: Assertion, path: [String])] = [:]
        var waiting = [start]
        var next = 0
        while next < waiting.count {
            let node = waiting[next]
            next += 1
            for need in infinite[node] ?? [] {
                for part in need.parts where cameFrom[part.node] == nil {
                    cameFrom[part.node] = (node, need.assertion, part.path)
                    waiting.append(part.node)
                }
            }
        }
        var way: [(assertion: Assertion, path: [String])] = []
        var node = start
        repeat {
            guard let step = cameFrom[node] else { return nil }
            way.append((step.assertion, step.path))
            node = step.node
        } while node != start
        return way.reversed()
    }

    // MARK: Needs

    private static func needs(of id: NodeID, in model: SchemaModel) -> [Need] {
        let node = model[id]
        guard node.isComplete else { return [] }
        var needs: [Need] = []
        for assertion in node.assertions {
            switch assertion.kind {
            case .refer(let target):
                needs.append(Need(assertion: assertion, parts: [Need.Part(node: target, path: [])]))
            case .all(let nodes):
                needs += nodes.map { Need(assertion: assertion, parts: [Need.Part(node: $0, path: [])]) }
            case .any(let nodes), .one(let nodes):
                needs.append(Need(assertion: assertion, parts: nodes.map { Need.Part(node: $0, path: []) }))
            default: break
            }
        }
        // Chains of references are followed by the needs themselves.
        guard model.soleReference(of: id) == nil, !needs.isEmpty || node.assertions.contains(where: \.demandsParts)
        else { return needs }
        let parts = ValueFacts(model, id)
        let assertions = parts.nodes.flatMap { model[$0].assertions }
        switch parts.onlyType {
        case .object: needs += memberNeeds(assertions)
        case .array: needs += elementNeeds(assertions)
        case .null, .boolean, .integer, .number, .string, .other: break
        }
        return needs
    }

    private static func memberNeeds(_ assertions: [Assertion]) -> [Need] {
        var needs: [Need] = []
        let requiring = Requirements(assertions)
        for case .members(let members) in assertions.map(\.kind) {
            guard members.additional != nil else {
                needs += requiring.needs(of: members)
                continue
            }
            let properties = Dictionary(members.properties.map { ($0.name.value, $0.node) }) { first, _ in first }
            for other in assertions {
                switch other.kind {
                case .required(let names):
                    for name in names {
                        let property = properties[name]
                        let rest = members.patterns.isEmpty ? members.additional : nil
                        guard let node = property ?? rest else { continue }
                        needs.append(Need(assertion: other, parts: [Need.Part(node: node, path: [name])]))
                    }
                case .minimumProperties(let count) where count > 0:
                    // Members without a schema accept everything.
                    guard let rest = members.additional else { continue }
                    let parts =
                        members.properties.map { Need.Part(node: $0.node, path: [$0.name.value]) }
                        + (members.patterns.map(\.node) + [rest]).map { Need.Part(node: $0, path: ["*"]) }
                    needs.append(Need(assertion: other, parts: parts))
                default: continue
                }
            }
        }
        return needs
    }

    private static func elementNeeds(_ assertions: [Assertion]) -> [Need] {
        var needs: [Need] = []
        for assertion in assertions {
            if case .contains(let contains) = assertion.kind, contains.minimum > 0 {
                needs.append(Need(assertion: assertion, parts: [Need.Part(node: contains.node, path: ["*"])]))
            }
            guard case .minimumItems(let count) = assertion.kind, count > 0 else { continue }
            for case .items(let items) in assertions.map(\.kind) {
                for (index, node) in items.prefix.prefix(count).enumerated() {
                    needs.append(Need(assertion: assertion, parts: [Need.Part(node: node, path: ["\(index)"])]))
                }
                if let rest = items.rest, count > items.prefix.count {
                    needs.append(Need(assertion: assertion, parts: [Need.Part(node: rest, path: ["*"])]))
                }
            }
        }
        return needs
    }
}

/// The names that assertions require, with the order in which they state them.
private struct Requirements {
    private let assertions: [Assertion]
    private var places: [String: [(assertion: Int, name: Int)]] = [:]

    init(_ assertions: [Assertion]) {
        self.assertions = assertions
        for (index, assertion) in assertions.enumerated() {
            guard case .required(let names) = assertion.kind else { continue }
            for (position, name) in names.enumerated() { places[name, default: []].append((index, position)) }
        }
    }

    /// Returns the needs of a division that names all members which it is about.
    func needs(of members: Assertion.Members) -> [FiniteValues.Need] {
        var seen: Set<String> = []
        return members.properties
            .filter { seen.insert($0.name.value).inserted }
            .flatMap { property in (places[property.name.value] ?? []).map { (place: $0, property: property) } }
            .sorted { $0.place < $1.place }
            .map { place, property in
                let part = FiniteValues.Need.Part(node: property.node, path: [property.name.value])
                return FiniteValues.Need(assertion: assertions[place.assertion], parts: [part])
            }
    }
}

extension Assertion {
    /// Whether the condition may demand a part of a value.
    fileprivate var demandsParts: Bool {
        switch kind {
        case .required, .minimumProperties, .minimumItems, .contains: true
        default: false
        }
    }
}
