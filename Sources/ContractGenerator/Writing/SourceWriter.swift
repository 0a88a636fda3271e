/// Writes indented Swift, line by line.
struct SourceWriter {
    /// The whole text, without a final line break.
    private(set) var text = ""
    private var depth: Int

    /// The longest line that formatted code has.
    static let lineLength = 120
    private static let indentation = 4

    init(depth: Int = 0) {
        self.depth = depth
    }

    /// Writes lines at the current depth. An empty line stays empty.
    mutating func line(_ text: String = "") {
        // Looked at as bytes: most of a generator's time would go into telling characters apart.
        guard text.utf8.contains(UInt8(ascii: "\n")) else {
            append(Substring(text))
            return
        }
        for part in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            append(Substring(part))
        }
    }

    private mutating func append(_ line: Substring) {
        if isStarted { text += "\n" }
        isStarted = true
        guard !line.isEmpty else { return }
        for _ in 0..<depth { text += "    " }
        text += line
    }

    private var isStarted = false

    /// Writes what a closure writes, one level deeper.
    mutating func indented(_ body: (inout SourceWriter) -> Void) {
        depth += 1
        body(&self)
        depth -= 1
    }

    /// Writes `head {`, what a closure writes, and `}`.
    mutating func block(_ head: String, closing: String = "}", _ body: (inout SourceWriter) -> Void) {
        line(head + " {")
        indented(body)
        line(closing)
    }

    /// Writes lines as documentation, wrapped to the line's length.
    mutating func documentation(_ paragraphs: [String]) {
        for text in DocComment.lines(paragraphs, width: Self.lineLength - depth * Self.indentation) {
            line(text)
        }
    }

    /// Writes an expression in one line where it fits, else with its parts each in a line of its own.
    ///
    /// - Parameters:
    ///   - head: What comes before the parts: `guard `.
    ///   - parts: What stands between the separators.
    mutating func list(_ head: String, _ parts: [String], separator: String, tail: String) {
        let single = head + parts.joined(separator: separator + " ") + tail
        if fits(single) {
            line(single)
            return
        }
        line(head)
        indented { writer in
            for (index, part) in parts.enumerated() {
                writer.line(part + (index < parts.count - 1 ? separator : ""))
            }
        }
        line(tail)
    }

    /// Writes an array with each element in a line of its own. A single element has no comma, as formatted code has it.
    mutating func array(_ head: String, _ elements: [String]) {
        line(head + "[")
        indented { writer in
            for element in elements { writer.line(element + (elements.count > 1 ? "," : "")) }
        }
        line("]")
    }

    /// Writes a call in one line where it fits, else with its arguments in a line of their own.
    mutating func call(_ function: String, _ arguments: [String], last: String) {
        let inner = (arguments + [last]).joined(separator: ", ") + ")"
        if fits(function + "(" + inner) {
            line(function + "(" + inner)
            return
        }
        line(function + "(")
        indented { writer in
            if writer.fits(inner) || arguments.isEmpty {
                writer.line(inner)
                return
            }
            // A first argument that fills the line stands alone, as a list of an enum's values may.
            writer.line(arguments[0] + ",")
            let others = arguments.dropFirst() + [last]
            if writer.fits(others.joined(separator: ", ") + ")") {
                writer.line(others.joined(separator: ", ") + ")")
                return
            }
            for argument in others.dropLast() { writer.line(argument + ",") }
            writer.line(last + ")")
        }
    }

    /// Writes a `guard` and how it leaves, in one line where they fit.
    mutating func guarding(_ condition: String, else leave: String) {
        let head = "guard \(condition) else"
        if fits("\(head) { \(leave) }") {
            line("\(head) { \(leave) }")
        } else if fits(head + " {") {
            block(head) { $0.line(leave) }
        } else {
            line("guard")
            indented { $0.line(condition) }
            line("else { \(leave) }")
        }
    }

    /// Whether a text fits into one line at the current depth. What is not ASCII counts by its bytes.
    func fits(_ text: String) -> Bool {
        text.utf8.count + depth * Self.indentation <= Self.lineLength
    }
}

/// Documentation from a schema's words.
enum DocComment {
    /// The `///` lines of some paragraphs, no longer than `width` where words allow.
    static func lines(_ paragraphs: [String], width: Int) -> [String] {
        var lines: [String] = []
        for paragraph in paragraphs where !paragraph.utf8.allSatisfy({ $0 <= 0x20 }) {
            if !lines.isEmpty { lines.append("///") }
            // A control character would end the comment and let a schema's words become code.
            for part in paragraph.split(whereSeparator: \.isNewline) {
                lines += wrap(String(part), width: width - 4).map { "/// " + $0 }
            }
        }
        return lines
    }

    private static func wrap(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var current = ""
        // The compiler warns of control characters in comments.
        for word in text.utf8.split(whereSeparator: { $0 <= 0x20 || $0 == 0x7F }).map(Substring.init) {
            if !current.isEmpty, current.utf8.count + 1 + word.utf8.count > width {
                lines.append(current)
                current = ""
            }
            current += (current.isEmpty ? "" : " ") + word
        }
        if !current.isEmpty { lines.append(current) }
        return lines
    }
}

/// Swift's literals.
enum SwiftLiteral {
    /// A string literal that reads back as exactly this text.
    static func string(_ text: String) -> String {
        "\"" + escaped(text) + "\""
    }

    /// A text as it stands between the quotes of a string literal.
    static func escaped(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            0x20..<0x7F ~= byte && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        }
        if isPlain { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            default:
                let isPrintable =
                    scalar.value >= 0x20 && scalar.value != 0x7F && !scalar.properties.isDefaultIgnorableCodePoint
                if isPrintable {
                    escaped.unicodeScalars.append(scalar)
                } else {
                    escaped += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
                }
            }
        }
        return escaped
    }

    /// Digits in groups of three.
    static func integer(_ value: Int64) -> String {
        let digits = String(value.magnitude)
        guard digits.count > 4 else { return String(value) }
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped += "_" }
            grouped.append(digit)
        }
        return (value < 0 ? "-" : "") + grouped
    }
}
