import JSONTape
import Patterns

/// An emitter of a regular expression as Swift that needs no engine: a few tests of bytes, or a table.
struct PatternEmitter {
    let pattern: CompiledPattern
    /// The name of the constant that holds the pattern's table.
    let table: String

    /// Returns the condition that a string matches, as one operand of `||`.
    ///
    /// - Parameter node: The index of a string on the tape `tape`.
    func condition(at node: String) -> String {
        switch pattern.form {
        case .always: return "true"
        case .never: return "false"
        case .length(let least, let most): return length(at: node, least: least, most: most)
        case .literals(let texts):
            let tests = texts.map { "tape.string(at: \(node), is: \(SwiftLiteral.string($0)))" }
            let width = tests.reduce(0) { $0 + $1.utf8.count + " || ".utf8.count }
            return tests.count == 1
                ? tests[0] : "(\(tests.joined(separator: width > Self.longestLine ? "\n    || " : " || ")))"
        case .prefix(let text): return "tape.string(at: \(node), hasPrefix: \(SwiftLiteral.string(text)))"
        case .suffix(let text): return "tape.string(at: \(node), hasSuffix: \(SwiftLiteral.string(text)))"
        case .contains(let text): return "tape.string(at: \(node), contains: \(SwiftLiteral.string(text)))"
        case .repeated(let low, let high, let least, let most):
            var arguments = "\(Self.hexadecimal(low)), \(Self.hexadecimal(high))"
            if least > 0 { arguments += ", least: \(least)" }
            if let most { arguments += ", most: \(most)" }
            return "tape.string(at: \(node), consistsOf: \(arguments))"
        case .shape, .table, .simulation: return "tape.string(at: \(node), matches: \(table))"
        case .counted(_, let least, let most):
            return "(tape.string(at: \(node), matches: \(table)) && \(length(at: node, least: least, most: most)))"
        }
    }

    /// A condition that is longer takes several lines.
    private static let longestLine = 80

    private func length(at node: String, least: Int, most: Int?) -> String {
        switch (least, most) {
        case (0, nil): "true"
        case (1, nil): "tape.count(at: \(node)) > 0"
        case (_, nil): "tape.scalarCount(at: \(node)) >= \(least)"
        case (0, let most?): "tape.scalarCount(at: \(node)) <= \(most)"
        case (let least, let most?) where least == most: "tape.scalarCount(at: \(node)) == \(least)"
        case (let least, let most?): "\(least)...\(most) ~= tape.scalarCount(at: \(node))"
        }
    }

    private static func hexadecimal(_ bits: UInt64) -> String {
        "0x" + String(bits, radix: 16, uppercase: true)
    }

    /// Writes the constant that the condition uses, if it uses one. The table is a string literal: an array literal of as many
    /// numbers takes the compiler long.
    ///
    /// - Parameter access: The access modifier of the constant.
    func emitTable(_ access: String, to writer: inout SourceWriter) {
        let type: String
        switch pattern.form {
        case .shape: type = "PatternShape"
        case .table, .counted: type = "PatternTable"
        case .simulation: type = "PatternSimulation"
        case .always, .never, .length, .literals, .prefix, .suffix, .contains, .repeated: return
        }
        guard let packed = pattern.packed else { return }
        writer.line("\(access)static let \(table) = \(type)(")
        writer.indented { $0.constant("packed: ", packed, tail: ")") }
    }
}
