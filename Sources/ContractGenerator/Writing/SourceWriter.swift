/// A writer of indented Swift, line by line.
struct SourceWriter {
    /// The whole text, without a final line break.
    private(set) var text = ""
    private(set) var depth: Int

    /// The longest line that formatted code has.
    static let lineLength = 120
    private static let indentation = 4

    init(depth: Int = 0) {
        self.depth = depth
    }

    /// Writes lines at the current depth. An empty line stays empty.
    mutating func line(_ text: String = "") {
        // Compared as bytes: segmenting characters would take most of a generator's time.
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

    /// Whether something has been written.
    private(set) var isStarted = false

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

    /// Writes paragraphs and the descriptions of parameters as documentation, wrapped to the line's length.
    mutating func documentation(_ paragraphs: [String], parameters: [DocComment.Parameter] = []) {
        let width = Self.lineLength - depth * Self.indentation
        for text in DocComment.lines(paragraphs, parameters: parameters, width: width) {
            line(text)
        }
    }

    /// Writes `let name = "text"`; a text that is too long for a line takes several, and is the same literal.
    mutating func constant(_ head: String, _ text: String, tail: String = "") {
        let single = head + SwiftLiteral.string(text) + tail
        guard !fits(single) else {
            line(single)
            return
        }
        line(head + "\"\"\"")
        indented { writer in
            let parts = SwiftLiteral.parts(of: text, width: Self.lineLength - writer.depth * Self.indentation - 1)
            for part in parts.dropLast() { writer.line(part + "\\") }
            writer.line(parts.last ?? "")
            writer.line("\"\"\"" + tail)
        }
    }

    /// Writes `head`, a text as a literal of several lines without escapes, and `tail`; a text that needs escapes is written as
    /// ``constant(_:_:tail:)`` does.
    mutating func rawConstant(_ head: String, _ text: String, tail: String) {
        guard let delimiter = SwiftLiteral.rawDelimiter(of: text) else {
            constant(head, text, tail: tail)
            return
        }
        line(head + delimiter + "\"\"\"")
        indented { writer in
            let ending = "\\" + delimiter
            let width = Self.lineLength - writer.depth * Self.indentation - ending.utf8.count
            let parts = SwiftLiteral.rawParts(of: text, width: width)
            for part in parts.dropLast() { writer.line(part + ending) }
            writer.line(parts.last ?? "")
            writer.line("\"\"\"" + delimiter + tail)
        }
    }

    /// Writes `head(label"text")`; a text that is too long for a line takes several.
    mutating func constant(_ head: String, label: String, _ text: String) {
        guard !fits("\(head)(\(label)\(SwiftLiteral.string(text)))") else {
            line("\(head)(\(label)\(SwiftLiteral.string(text)))")
            return
        }
        line(head + "(")
        indented { $0.constant(label, text, tail: ")") }
    }

    /// Writes `target = "…"` for a literal with interpolations: in one line, or in two, where it fits, else as a literal of
    /// several lines.
    ///
    /// - Parameters:
    ///   - pieces: Escaped texts and interpolations, none of which is cut.
    ///   - call: The beginning of a call whose only argument the literal is: `String(stamped: `.
    mutating func literal(_ target: String, _ pieces: [String], call: String = "") {
        let tail = call.isEmpty ? "" : ")"
        let literal = "\(call)\"\(pieces.joined())\"\(tail)"
        if fits("\(target) \(literal)") {
            line("\(target) \(literal)")
            return
        }
        line(target)
        indented { writer in
            guard !writer.fits(literal) else {
                writer.line(literal)
                return
            }
            writer.line("\(call)\"\"\"")
            var current = ""
            for piece in pieces {
                if !current.isEmpty, !writer.fits(current + piece + "\\") {
                    writer.line(current + "\\")
                    current = ""
                }
                current += piece
            }
            writer.line(current)
            writer.line("\"\"\"\(tail)")
        }
    }

    /// Writes an expression in one line where it fits, else with its parts each in a line of its own.
    ///
    /// - Parameters:
    ///   - head: The text before the parts: `guard `.
    ///   - parts: The texts between the separators.
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

    /// Writes a declaration's head in one line where it fits, else with its parameters in lines of their own, as many to a
    /// line as fit.
    mutating func fill(_ head: String, _ parameters: [String], tail: String) {
        let single = head + parameters.joined(separator: ", ") + tail
        if fits(single) {
            line(single)
            return
        }
        line(head)
        indented { $0.fillLines("", parameters) }
        line(tail)
    }

    /// Writes a list with as many elements to a line as fit; further lines are one level deeper than a head.
    mutating func fillLines(_ head: String, _ elements: [String]) {
        var current = head
        var isContinued = false
        func finish(_ writer: inout SourceWriter) {
            if isContinued { writer.indented { $0.line(current) } } else { writer.line(current) }
            isContinued = !head.isEmpty
            current = ""
        }
        for (index, element) in elements.enumerated() {
            let piece = element + (index < elements.count - 1 ? "," : "")
            let separator = current.isEmpty || current == head ? "" : " "
            let indentation = isContinued ? "    " : ""
            if !current.isEmpty, current != head, !fits(indentation + current + separator + piece) { finish(&self) }
            current += (current.isEmpty || current == head ? "" : " ") + piece
        }
        finish(&self)
    }

    /// Writes an array in one line where it fits, else with as many elements to a line as fit.
    mutating func filledArray(_ head: String, _ elements: [String], tail: String = "") {
        let single = "\(head)[\(elements.joined(separator: ", "))]\(tail)"
        guard !fits(single) else {
            line(single)
            return
        }
        // A list of several lines ends with a comma in formatted code, unless it has one element.
        let comma = elements.count > 1 ? "," : ""
        fill(head + "[", elements.dropLast() + [(elements.last ?? "") + comma], tail: "]" + tail)
    }

    /// Writes an array with each element in a line of its own. A single element has no comma, as formatted code has it.
    mutating func array(_ head: String, _ elements: [String], tail: String = "") {
        line(head + "[")
        indented { writer in
            for element in elements { writer.line(element + (elements.count > 1 ? "," : "")) }
        }
        line("]" + tail)
    }

    /// Writes an array of integers, as many to a line as fit.
    mutating func integers(_ head: String, _ integers: [Int], tail: String) {
        let single = "\(head)[\(integers.map(String.init).joined(separator: ", "))]\(tail)"
        guard !fits(single) else {
            line(single)
            return
        }
        line(head + "[")
        indented { writer in
            var current = ""
            for integer in integers {
                if !current.isEmpty, !writer.fits("\(current) \(integer),") {
                    writer.line(current)
                    current = ""
                }
                current += (current.isEmpty ? "" : " ") + "\(integer),"
            }
            writer.line(current)
        }
        line("]" + tail)
    }

    /// Writes the head of a case for some integers, as many to a line as fit.
    mutating func integerCase(_ integers: [Int]) {
        var current = "case"
        for (index, integer) in integers.enumerated() {
            let piece = " \(integer)\(index < integers.count - 1 ? "," : ":")"
            if !fits(current + piece) {
                line(current)
                current = "   "
            }
            current += piece
        }
        line(current)
    }

    /// Removes the last line where it is a guard at the current depth that returns false, and returns its condition.
    mutating func removeLastGuard() -> String? {
        let head = String(repeating: "    ", count: depth) + "guard "
        let tail = " else { return false }"
        let start = text.utf8.lastIndex(of: UInt8(ascii: "\n")).map { text.utf8.index(after: $0) } ?? text.startIndex
        let last = text[start...]
        guard last.hasPrefix(head), last.hasSuffix(tail) else { return nil }
        let condition = String(last.dropFirst(head.count).dropLast(tail.count))
        guard Conjunction.isSingle(condition) else { return nil }
        text.removeSubrange((start > text.startIndex ? text.utf8.index(before: start) : start)...)
        isStarted = !text.isEmpty
        return condition
    }

    /// Removes the statements of a block that follow a `return false` in a line of its own.
    mutating func removeUnreachable() {
        var lines: [Substring] = []
        var returned: Int?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let depth = line.utf8.prefix { $0 == UInt8(ascii: " ") }.count
            if let last = returned {
                guard depth < last else { continue }
                returned = nil
            }
            if line.dropFirst(depth) == "return false" { returned = depth }
            lines.append(line)
        }
        text = lines.joined(separator: "\n")
    }

    /// Writes the lines of another writer of the same depth.
    mutating func append(_ other: SourceWriter) {
        guard !other.text.isEmpty else { return }
        if isStarted { text += "\n" }
        isStarted = true
        text += other.text
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
            // A first argument that fills the line is on a line of its own, such as a list of an enum's values.
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

    /// Writes a case with its only statement: in one line where both fit.
    mutating func statement(_ condition: String, _ statement: String) {
        if fits("\(condition) \(statement)") {
            line("\(condition) \(statement)")
        } else {
            line(condition)
            indented { $0.line(statement) }
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

    /// Returns whether a text fits into one line at the current depth. Characters outside of ASCII count by their bytes.
    func fits(_ text: String) -> Bool {
        text.utf8.count + depth * Self.indentation <= Self.lineLength
    }
}
