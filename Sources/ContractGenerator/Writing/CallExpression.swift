/// A call with arguments, some of which are calls themselves, in lines that are as long as formatted code has them.
struct CallExpression {
    enum Argument {
        case expression(String)
        case call(CallExpression)

        fileprivate var text: String {
            switch self {
            case .expression(let text): text
            case .call(let call): call.text
            }
        }
    }

    /// The call up to its parenthesis, with the label of the argument that it is: `payload: Payload`.
    var head: String
    var arguments: [Argument]

    /// The call in one line.
    fileprivate var text: String { "\(head)(\(arguments.map(\.text).joined(separator: ", ")))" }

    /// Writes the call in one line where it fits, else with its arguments in lines of their own.
    ///
    /// - Parameter tail: The text that follows the call.
    func write(tail: String = "", to writer: inout SourceWriter) {
        guard !writer.fits(text + tail) else {
            writer.line(text + tail)
            return
        }
        writer.line(head + "(")
        writer.indented { writer in
            var current = ""
            func flush(_ writer: inout SourceWriter) {
                if !current.isEmpty { writer.line(current) }
                current = ""
            }
            for (index, argument) in arguments.enumerated() {
                let tail = index < arguments.count - 1 ? "," : ")" + tail
                let piece = argument.text + tail
                if current.isEmpty ? !writer.fits(piece) : !writer.fits("\(current) \(piece)") { flush(&writer) }
                if current.isEmpty, !writer.fits(piece), case .call(let call) = argument {
                    call.write(tail: tail, to: &writer)
                } else {
                    current += (current.isEmpty ? "" : " ") + piece
                }
            }
            flush(&writer)
        }
    }
}
