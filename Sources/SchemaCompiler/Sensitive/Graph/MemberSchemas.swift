import ContractModel
import JSONSchema
import JSONTape
import Patterns

/// The members that schemas of an object may apply to, by name.
struct MemberSchemas {
    typealias NodeID = SchemaModel.NodeID

    /// The patterns of the model, but for those that can't be compiled.
    private var patterns: [String: CompiledPattern] = [:]
    /// The members that other schemas evaluate in any case, for each schema of `unevaluatedProperties`.
    private var evaluated: [NodeID: [Assertion.Members]] = [:]

    init(_ model: SchemaModel) {
        for id in model.ids {
            for assertion in model[id].assertions {
                switch assertion.kind {
                case .unevaluatedProperties(let schema): evaluated[schema] = Self.certainMembers(of: id, in: model)
                case .members(let members):
                    for pattern in members.patterns.map(\.pattern.value) where patterns[pattern] == nil {
                        patterns[pattern] = try? CompiledPattern.compile(pattern)
                    }
                default: break
                }
            }
        }
    }

    /// Returns whether a pattern may match a name: `true` for a pattern that can't be compiled.
    func mayMatch(_ pattern: Assertion.PatternProperty, _ name: String) -> Bool {
        patterns[pattern.pattern.value]?.matches(name) ?? true
    }

    /// Returns whether a schema of `unevaluatedProperties` may apply to a name: not where another schema evaluates the
    /// member in any case. A branch or a condition may leave it unevaluated.
    func mayApply(unevaluated schema: NodeID, to name: String) -> Bool {
        !(evaluated[schema] ?? []).contains { members in
            members.additional != nil
                || members.properties.contains { JSONName($0.name.value) == JSONName(name) }
                || members.patterns.contains { patterns[$0.pattern.value]?.matches(name) ?? false }
        }
    }

    /// Returns the schemas that may apply to a member of objects, other than through schemas that apply to it in place.
    func schemas(of name: String, in objects: [NodeID], _ model: SchemaModel) -> [NodeID] {
        objects.flatMap { object in
            model[object].assertions.flatMap { assertion -> [NodeID] in
                switch assertion.kind {
                case .members(let members): schemas(of: name, in: members)
                case .unevaluatedProperties(let schema): mayApply(unevaluated: schema, to: name) ? [schema] : []
                default: []
                }
            }
        }
    }

    /// Returns the schemas of an object's members that may apply to a member.
    func schemas(of name: String, in members: Assertion.Members) -> [NodeID] {
        let own = members.properties.filter { JSONName($0.name.value) == JSONName(name) }.map(\.node)
        return schemas(of: name, named: own, in: members)
    }

    /// - Parameter own: The schemas of the property with that name.
    func schemas(of name: String, named own: [NodeID], in members: Assertion.Members) -> [NodeID] {
        let patterns = members.patterns.filter { mayMatch($0, name) }.map(\.node)
        return own + patterns + (own.isEmpty ? [members.additional].compactMap(\.self) : [])
    }

    /// Returns the members of a schema, and of those that it applies without a condition.
    private static func certainMembers(of root: NodeID, in model: SchemaModel) -> [Assertion.Members] {
        model.applied(by: [root], certainly: true).flatMap { model[$0].assertions }.compactMap { assertion in
            if case .members(let members) = assertion.kind { members } else { nil }
        }
    }
}
