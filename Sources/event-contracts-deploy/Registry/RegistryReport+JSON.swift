import JSONTape
import SchemaRegistry

extension RegistryReport {
    /// The report as a JSON value.
    var json: JSONValue {
        let outcomes = outcomes.map { subject, outcome -> JSONValue in
            var members: JSONObject = ["subject": .string(subject)]
            switch outcome {
            case .registered(let schema):
                members["result"] = "registered"
                members["id"] = .number(JSONNumber(schema.id))
                if let version = schema.version { members["version"] = .number(JSONNumber(version)) }
            case .levelSet(let level):
                members["result"] = "level_set"
                members["level"] = .string(level.rawValue)
            case .refused(let reason):
                members["result"] = "refused"
                members["reason"] = .string(reason)
            case .failed(let error):
                members["result"] = "failed"
                members["reason"] = .string("\(error)")
            }
            return .object(members)
        }
        return ["complete": .bool(isComplete), "outcomes": .array(outcomes)]
    }
}
