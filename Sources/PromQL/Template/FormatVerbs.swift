/// The verbs of a format of Go's `printf`, checked against the arguments.
struct FormatVerbs {
    enum Argument {
        case number, string, unknown
    }

    private struct Verb {
        var letter: Character
        var text: String
    }

    private let verbs: [Verb]

    /// - Returns: `nil` for formats with explicit indices or widths from arguments, which are not checked.
    init?(_ format: String) {
        var verbs: [Verb] = []
        var rest = format[...]
        while let start = rest.firstIndex(of: "%") {
            rest = rest[rest.index(after: start)...]
            let modifiers = rest.prefix { "+-# 0123456789.".contains($0) }
            rest = rest.dropFirst(modifiers.count)
            guard let letter = rest.popFirst() else {
                verbs.append(Verb(letter: "!", text: "%\(modifiers)"))
                break
            }
            if letter == "[" || letter == "*" { return nil }
            if letter != "%" { verbs.append(Verb(letter: letter, text: "%\(modifiers)\(letter)")) }
        }
        self.verbs = verbs
    }

    /// Describes the first verb that does not fit its argument.
    func mistake(_ arguments: [Argument]) -> (message: String, hint: String)? {
        for (verb, argument) in zip(verbs, arguments) {
            switch argument {
            case .number where "bxXT".contains(verb.letter):
                return ("'\(verb.text)' does not format a value as a decimal number", "use %.2f or %v")
            case .number where !"eEfFgGv".contains(verb.letter):
                return ("'\(verb.text)' does not format a number with a fraction, as every value is", "use %.2f or %v")
            case .string where !"sqvxXT".contains(verb.letter):
                return ("'\(verb.text)' does not format a string", "use %s")
            case .unknown where !"eEfFgGbxXvTsqdtoOcUp".contains(verb.letter):
                return ("'\(verb.text)' is not a verb of printf", "write %% for a percent sign")
            case .number, .string, .unknown: continue
            }
        }
        guard verbs.count != arguments.count else { return nil }
        return (
            "the format has \(verbs.count) verb\(verbs.count == 1 ? "" : "s"), but 'printf' has \(arguments.count) "
                + "argument\(arguments.count == 1 ? "" : "s") for it",
            "write one verb for each argument, and %% for a percent sign"
        )
    }
}
