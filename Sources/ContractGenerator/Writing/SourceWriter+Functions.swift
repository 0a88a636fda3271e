extension SourceWriter {
    /// Writes a function with its parameters in the first line if they fit, otherwise in a line of their own.
    mutating func function(
        _ head: String, _ parameters: [String], result: String?, _ body: (inout SourceWriter) -> Void
    ) {
        fill(head + "(", parameters, tail: ")" + (result.map { " -> \($0)" } ?? "") + " {")
        indented(body)
        line("}")
    }

    /// Writes a function, with its parameters in a line of their own where the head is too long for one line.
    mutating func function(
        _ name: String, _ parameters: String, access: String = "private ", returns type: String = "Bool",
        _ body: (inout SourceWriter) -> Void
    ) {
        let head = "\(access)static func \(name)(\(parameters)) -> \(type)"
        guard !fits(head + " {") else {
            block(head, body)
            return
        }
        line("\(access)static func \(name)(")
        indented { $0.line(parameters) }
        block(") -> \(type)", body)
    }
}
