package import StringFormats

/// The reason why a regular expression can't be compiled.
package enum PatternError: Error, Equatable {
    case syntax(PatternSyntaxError)
    /// A construct that is valid, but not one that an automaton decides, or whose characters are not known.
    case unsupported(String)
    case tooLarge
}

extension PatternError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .syntax(let error): "invalid regular expression: \(error.text), at character \(error.position + 1)"
        case .unsupported(let construct): "the regular expression uses \(construct), which is not supported"
        case .tooLarge: "the regular expression is too large: its repetitions need too many states"
        }
    }
}
