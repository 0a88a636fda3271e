import JSONTape

/// The property or header that distinguishes the messages of a channel.
extension AsyncAPIImport {
    /// States how readers identify the messages of a topic, where each has another constant at the same place.
    mutating func identify(_ names: [String]) {
        guard names.count > 1, !isExported else { return }
        let constants = names.map { name in Self.constants(of: schemasByMessage[name]) }
        if let property = Self.distinguishing(constants) {
            for name in names { set("property", JSONPointer(tokens: [property]).description, of: name) }
        } else if let header = Self.distinguishing(names.map { self.headers(of: $0) }) {
            for name in names { set("header", header, of: name) }
        }
    }

    private mutating func set(_ kind: String, _ name: String, of message: String) {
        guard case .object(var object)? = messages[message] else { return }
        object["identified_by"] = .object([kind: .string(name)])
        messages[message] = .object(object)
    }

    private func headers(of message: String) -> [String: String] {
        let headers = messages[message]?.object?["headers"]?.object ?? JSONObject()
        return Dictionary(
            headers.compactMap { header in header.value.string.map { (header.key, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Returns the required properties of a schema that have one text as their only value.
    private static func constants(of schema: JSONValue?) -> [String: String] {
        guard let schema = schema?.object, let properties = schema["properties"]?.object,
            case .array(let required)? = schema["required"]
        else { return [:] }
        var constants: [String: String] = [:]
        for (name, property) in properties where required.contains(.string(name)) {
            if let text = property.object?["const"]?.string { constants[name] = text }
            if case .array(let values)? = property.object?["enum"], values.count == 1 {
                constants[name] = values[0].string
            }
        }
        return constants
    }

    /// Returns the first name by its order that all have, each with another value.
    private static func distinguishing(_ constants: [[String: String]]) -> String? {
        guard let first = constants.first else { return nil }
        return first.keys.sorted().first { name in
            let values = constants.compactMap { $0[name] }
            return values.count == constants.count && Set(values).count == values.count
        }
    }
}
