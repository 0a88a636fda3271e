import JSONTape

extension JSONValue {
    var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
    var string: String? { if case .string(let text) = self { text } else { nil } }
}
