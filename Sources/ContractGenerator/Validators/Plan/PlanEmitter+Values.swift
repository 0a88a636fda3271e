import JSONTape
import SchemaPlan

extension PlanEmitter {
    /// The most strings that are compared in place, without a function.
    private static let mostInPlace = 1

    /// Returns the condition that a value is one of some values.
    mutating func values(_ set: Plan.ValueSet, at node: String) -> String {
        var conditions: [String] = []
        let strings = set.strings.names
        if strings.count <= Self.mostInPlace {
            conditions += strings.map { TextWords($0).condition(at: node) }
        } else {
            conditions.append(stringTest(strings, at: node))
        }
        let kinds: [(Plan.ConstantSet, JSONTape.Kind)] = [(.null, .null), (.false, .false), (.true, .true)]
        let constants = kinds.filter { set.constants.contains($0.0) }.map(\.1)
        if constants.count == 1 {
            conditions.append("tape.kind(at: \(node)) == .\(constants[0])")
        } else if !constants.isEmpty {
            conditions.append("tape.kind(at: \(node), isIn: \(JSONTape.Kind.mask(constants)))")
        }
        for number in set.numbers {
            if let value = number.int64Value {
                conditions.append("tape.number(at: \(node), is: \(SwiftLiteral.integer(value)))")
            } else {
                conditions.append(prepared(.number(number), at: node))
            }
        }
        for container in set.containers { conditions.append(prepared(container, at: node)) }
        if set.isOpen { conditions.append("(allowsUnknownValues && tape.kind(at: \(node)) == .string)") }
        if conditions.isEmpty { return "false" }
        let length = conditions.reduce(0) { $0 + $1.utf8.count }
        if conditions.count > 1, set.isOpen || length > Self.longestExpression { return test(conditions, at: node) }
        return conditions.count == 1 ? conditions[0] : "(\(conditions.joined(separator: " || ")))"
    }

    /// The length above which conditions are statements of a function: the compiler's time grows faster than the length of
    /// an expression.
    private static let longestExpression = 80

    /// Returns the call of a function that answers whether one of many conditions is satisfied.
    private mutating func test(_ conditions: [String], at node: String) -> String {
        let own = conditions.map { $0.replacing("\(node),", with: "node,").replacing("\(node))", with: "node)") }
        let opens = conditions.contains { $0.contains("allowsUnknownValues") }
        let name = constant(for: "any \(own)", named: "isValue") { writer, name in
            writer.function(name, Self.parameters(opens: opens)) { writer in
                for condition in own { writer.returning(true, if: condition) }
                writer.line("return false")
            }
        }
        return name + arguments(node, opens: opens)
    }

    private mutating func prepared(_ value: JSONValue, at node: String) -> String {
        let json = value.jsonText
        let name = constant(for: "value " + json, named: "constant") { writer, name in
            writer.constant("private static let \(name) = PreparedValue", label: "", json)
        }
        return "\(name).equals(\(node), of: tape)"
    }

    /// Returns the condition that a value is one of more than a few strings.
    private mutating func stringTest(_ strings: [String], at node: String) -> String {
        if Width.isWide(strings.count) { return "\(table(of: strings)).index(of: \(node), in: tape) >= 0" }
        let name = constant(for: "strings \(strings.sorted())", named: "isValue") { writer, name in
            writer.function(name, Self.tapeParameters) { writer in
                Self.emitSwitch(over: strings, otherwise: false, to: &writer) { _ in true }
            }
        }
        return "\(name)(tape, \(node))"
    }

    /// Writes the statements that return one value for each of some strings, and another for all other values.
    static func emitSwitch<Result: CustomStringConvertible>(
        over strings: [String], otherwise: Result, to writer: inout SourceWriter, _ result: (String) -> Result
    ) {
        writer.line("guard tape.kind(at: node) == .string else { return \(otherwise) }")
        writer.line("switch tape.count(at: node) {")
        for text in TextWords.byLength(strings) {
            let condition = "case \(text.length) where \(text.test(at: "node")):"
            let statement = " return \(result(text.text))"
            if writer.fits(condition + statement + text.comment) {
                writer.line(condition + statement + text.comment)
            } else {
                writer.line(condition + text.comment)
                writer.indented { $0.line("return \(result(text.text))") }
            }
        }
        writer.line("default: return \(otherwise)")
        writer.line("}")
    }

    /// Returns the name of a table of strings.
    mutating func table(of strings: [String]) -> String {
        constant(for: "table \(strings)", named: "names") { writer, name in
            writer.array("private static let \(name) = NameTable(", strings.map(SwiftLiteral.string), tail: ")")
        }
    }
}

/// A string as words that are compared with the bytes on a tape.
struct TextWords {
    let text: String
    let length: Int
    private let head: UInt64
    private let tail: UInt64

    init(_ text: String) {
        self.text = text
        length = text.utf8.count
        head = Self.word(text.utf8.prefix(8))
        tail = Self.word(text.utf8.suffix(8))
    }

    private static func word(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
    }

    private static func literal(_ word: UInt64) -> String { "0x" + String(word, radix: 16) }

    /// Returns the condition that a value is a string with the text.
    func condition(at node: String) -> String {
        length <= 8
            ? "tape.string(at: \(node), is: \(Self.literal(head)), length: \(length))"
            : "tape.text(at: \(node), is: \(SwiftLiteral.string(text)))"
    }

    /// Returns the condition that a string of the text's length has the text.
    func test(at node: String) -> String {
        if length <= 8 { return "tape.head(of: \(node)) == \(Self.literal(head))" }
        let argument = length <= 16 ? Self.literal(tail) : SwiftLiteral.string(text)
        return "tape.text(at: \(node), is: \(Self.literal(head)), \(argument))"
    }

    /// The text as a comment at the end of a line, where the words do not show it.
    var comment: String {
        guard 1...16 ~= length, !text.hasSuffix(" "),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value < 0x7F })
        else { return "" }
        return "  // \(text)"
    }

    /// Returns the expression that finds the member with the text as its name.
    func member(of node: String) -> String {
        length <= 8
            ? "tape.member(of: \(node), named: \(Self.literal(head)), length: \(length))"
            : "tape.member(named: \(SwiftLiteral.string(text)), of: \(node))"
    }

    /// Returns the strings, those of one length together.
    static func byLength(_ texts: [String]) -> [TextWords] {
        texts.map(TextWords.init).enumerated().sorted {
            ($0.element.length, $0.offset) < ($1.element.length, $1.offset)
        }
        .map(\.element)
    }
}
