import JSONTape

extension JSONValue {
    /// The members of an object; empty for other values.
    var members: JSONObject {
        if case .object(let object) = self { object } else { JSONObject() }
    }

    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var number: JSONNumber? {
        if case .number(let number) = self { number } else { nil }
    }

    var truth: Bool? {
        if case .bool(let truth) = self { truth } else { nil }
    }
}
