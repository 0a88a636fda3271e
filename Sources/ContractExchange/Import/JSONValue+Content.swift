import JSONTape

extension JSONValue {
    var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
    /// The JSON text in one line, with members in their order.
    var text: String {
        var writer = JSONWriter()
        writer.write(self)
        return (try? writer.finish()).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    var string: String? { if case .string(let text) = self { text } else { nil } }
}
