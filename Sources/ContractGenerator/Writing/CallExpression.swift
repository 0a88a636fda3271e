/// A call with arguments, some of which are calls or lists themselves, in lines that are as long as formatted code has them.
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

        fileprivate var isList: Bool {
            if case .call(let call) = self { call.isList } else { false }
        }
    }

    /// The call up to its parenthesis, with the label of the argument that it is: `payload: Payload`; of a list, the label
    /// alone.
    var head: String
    var arguments: [Argument]
    /// Whether the expression is a list in brackets.
    var isList = false

    /// The call in one line.
    fileprivate var text: String {
        let inner = arguments.map(\.text).joined(separator: ", ")
        return isList ? "\(head)[\(inner)]" : "\(head)(\(inner))"
    }

    /// Writes the call in one line where it fits, else with its arguments in lines of their own.
    ///
    /// - Parameter tail: The text that follows the call.
    func write(tail: String = "", to writer: inout SourceWriter) {
        // The formatter leaves room for a comma at the end of a list, also of one in a single line.
        guard !writer.fits(text + tail + (isList ? "," : "")) else {
            writer.line(text + tail)
            return
        }
        writer.line(head + (isList ? "[" : "("))
        // A list of several lines ends with a comma in formatted code, unless it has one element.
        let end = isList ? arguments.count > 1 ? "," : "" : ")" + tail
        writer.indented { writer in
            var current = ""
            func flush(_ writer: inout SourceWriter) {
                if !current.isEmpty { writer.line(current) }
                current = ""
            }
            for (index, argument) in arguments.enumerated() {
                let tail = index < arguments.count - 1 ? "," : end
                let piece = argument.text + tail
                let measured = argument.isList ? piece + "," : piece
                if !writer.fits(current.isEmpty ? measured : "\(current) \(measured)") { flush(&writer) }
                if current.isEmpty, !writer.fits(measured), case .call(let call) = argument {
                    call.write(tail: tail, to: &writer)
                } else {
                    current += (current.isEmpty ? "" : " ") + piece
                }
            }
            flush(&writer)
        }
        if isList { writer.line("]" + tail) }
    }
}
