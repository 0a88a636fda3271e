import ContractModel
import JSONSchema
import JSONTape

/// The schemas that decide whether the marker of encrypted values can be set: they apply to its value, or to the object that
/// it is a member of. Alternatives and conditions are not decided.
struct MarkerConditions {
    typealias NodeID = SchemaModel.NodeID

    /// A reason for which a producer can't set the marker in every message.
    struct Problem {
        /// The rest of a sentence that starts with the marker.
        var text: String
        var hint: String
    }

    private let model: SchemaModel
    private let members: MemberSchemas
    private let name: String
    /// The schemas of the object that has the marker.
    private let objects: [NodeID]
    /// Those of them that apply in any case.
    private let certainObjects: [NodeID]

    /// - Parameter members: Those of the model.
    init(_ model: SchemaModel, root: NodeID, marker: JSONPointer, members: MemberSchemas) {
        self.model = model
        self.members = members
        name = marker.tokens.last ?? ""
        var objects = model.applied(by: [root], certainly: false)
        var certain = model.applied(by: [root], certainly: true)
        for token in marker.tokens.dropLast() {
            objects = model.applied(by: members.schemas(of: token, in: objects, model), certainly: false)
            certain = model.applied(by: members.schemas(of: token, in: certain, model), certainly: true)
        }
        self.objects = objects
        certainObjects = certain
    }

    /// The first problem; `nil` where the marker can be `true` and `false` in every message.
    var problem: Problem? { valueProblem ?? presenceProblem }

    // MARK: Values

    private var valueProblem: Problem? {
        for schema in members.schemas(of: name, in: objects, model) {
            for value in [true, false] where !isValid(.bool(value), by: schema) {
                return Problem(
                    text: "can't be \(value): \(place(of: model[schema].location)) does not accept it",
                    hint: "accept true and false there: the marker is true on the wire alone")
            }
        }
        for (assertion, _) in assertions {
            guard case .propertyNames(let schema) = assertion.kind, !isValid(.string(name), by: schema) else {
                continue
            }
            return Problem(
                text: "has a name that \(place(of: assertion.location)) does not accept",
                hint: "accept the name in 'propertyNames'")
        }
        return nil
    }

    private func isValid(_ value: SourceNode.Content, by schema: NodeID) -> Bool {
        StatedValueChecker(model).isValid(SourceNode(value, at: model[schema].location), by: schema)
    }

    // MARK: Presence

    /// The problem of a marker that a producer adds to a message without it.
    private var presenceProblem: Problem? {
        let isRequired = certainObjects.contains { schema in
            model[schema].assertions.contains { assertion in
                if case .required(let names) = assertion.kind { has(names) } else { false }
            }
        }
        guard !isRequired else { return nil }
        for (assertion, isCertain) in assertions {
            let reason: String? =
                switch assertion.kind {
                case .maximumProperties(let most) where mostMembers.map({ $0 > most }) ?? true:
                    "may be a member more than"
                case .required(let names) where !isCertain && has(names): "may be absent, which decides"
                case .dependentRequired(let rules) where has(rules.map(\.name)): "may be absent, which decides"
                case .dependentSchemas(let schemas) where has(schemas.map(\.name.value)): "may be absent, which decides"
                default: nil
                }
            guard let reason else { continue }
            let keyword = assertion.keyword.tokens.last ?? ""
            return Problem(
                text: "\(reason) '\(keyword)' at \(place(of: assertion.location))"
                    + (reason.hasSuffix("than") ? " allows" : ""),
                hint: "add '\(name)' to 'required': a producer adds the marker where it is absent")
        }
        return nil
    }

    /// The number of members that the object has at most; `nil` where others than the named ones are allowed.
    private var mostMembers: Int? {
        certainObjects.lazy.flatMap { model[$0].assertions }.compactMap { assertion -> Int? in
            guard case .members(let members) = assertion.kind, members.patterns.isEmpty,
                let additional = members.additional, model.statesNever(additional)
            else { return nil }
            return members.properties.count
        }.min()
    }

    // MARK: Schemas

    /// The assertions about the object, and whether each applies in any case.
    private var assertions: [(assertion: Assertion, isCertain: Bool)] {
        let certain = Set(certainObjects)
        return objects.flatMap { schema in
            model[schema].assertions.map { ($0, certain.contains(schema)) }
        }
    }

    private func has(_ names: [String]) -> Bool { names.contains { JSONName($0) == JSONName(name) } }

    private func place(of location: SourceLocation) -> String { "\(location.file):\(location.line)" }
}
