import ContractEvolution
import JSONTape
import SchemaRegistry

extension RegistryPlan {
    /// The plan as a JSON value.
    var json: JSONValue {
        ["drift": .bool(hasDrift), "subjects": .array(entries.map(\.json))]
    }
}

extension RegistryPlan.Entry {
    fileprivate var json: JSONValue {
        var members: JSONObject = [
            "subject": .string(subject), "message": .string(message), "level": .string(level.rawValue),
            "current_level": currentLevel.map { .string($0.rawValue) } ?? .null,
        ]
        switch state {
        case .missing: members["state"] = "missing"
        case .registered(let version, let id):
            members["state"] = "registered"
            if let version { members["version"] = .number(JSONNumber(version)) }
            members["id"] = .number(JSONNumber(id))
        case .changed(let change):
            members["state"] = "changed"
            members["compared_with"] = .array(change.comparedWith.map { .number(JSONNumber($0)) })
            members["verdict"] = .string(change.verdict.rawValue)
            members["registry"] = [
                "compatible": .bool(change.registry.isCompatible),
                "messages": .array(change.registry.messages.map { .string($0) }),
            ]
            if let report = change.report { members["changes"] = report.json }
            if let unreadable = change.unreadable { members["unreadable"] = .string(unreadable) }
        }
        return .object(members)
    }
}
