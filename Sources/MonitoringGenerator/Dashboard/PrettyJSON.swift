package import JSONTape

/// JSON for people: a member a line, short lists and objects on one.
package enum PrettyJSON {
    private static let width = 120

    package static func text(_ value: JSONValue) -> String {
        lines(value, depth: 0) + "\n"
    }

    private static func lines(_ value: JSONValue, depth: Int) -> String {
        let single = compact(value)
        if single.utf8.count + depth * 2 <= width, depth > 0 { return single }
        let outer = String(repeating: "  ", count: depth)
        let inner = outer + "  "
        switch value {
        case .object(let object) where !object.isEmpty:
            let members = object.map { inner + string($0.key) + ": " + lines($0.value, depth: depth + 1) }
            return "{\n" + members.joined(separator: ",\n") + "\n" + outer + "}"
        case .array(let values) where !values.isEmpty:
            return "[\n" + values.map { inner + lines($0, depth: depth + 1) }.joined(separator: ",\n") + "\n" + outer
                + "]"
        case .null, .bool, .number, .string, .array, .object:
            return single
        }
    }

    private static func compact(_ value: JSONValue) -> String {
        switch value {
        case .object(let object):
            "{" + object.map { string($0.key) + ": " + compact($0.value) }.joined(separator: ", ") + "}"
        case .array(let values): "[" + values.map(compact).joined(separator: ", ") + "]"
        case .string(let text): string(text)
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let number): "\(number)"
        }
    }

    private static func string(_ text: String) -> String {
        var writer = JSONWriter()
        writer.write(text)
        // A string can always be written.
        return String(decoding: (try? writer.finish()) ?? [], as: UTF8.self)
    }
}
