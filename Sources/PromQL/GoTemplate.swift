import ContractModel

/// Checks the templates of alerts' annotations and labels: Go's `text/template` with Prometheus's functions
/// (prometheus.io/docs/prometheus/2.42/configuration/template_reference).
package struct GoTemplate {
    private struct Token {
        var text: String
        var range: Range<Int>
    }

    private enum Block {
        case ifBlock(hasElse: Bool)
        case withBlock(hasElse: Bool)
        case rangeBlock(hasElse: Bool)
        case define
    }

    private static let functions: Set<String> = [
        // Go's own.
        "and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print", "printf",
        "println", "slice", "urlquery",
        // Prometheus's.
        "args", "externalURL", "first", "graphLink", "humanize", "humanize1024", "humanizeDuration",
        "humanizePercentage", "humanizeTimestamp", "label", "match", "parseDuration", "pathPrefix", "query",
        "reReplaceAll", "safeHtml", "sortByLabel", "stripDomain", "stripPort", "strvalue", "tableLink", "title",
        "toLower", "toTime", "toUpper", "value",
    ]

    private let bytes: [UInt8]
    private let labels: Set<String>?
    private var position = 0
    private var blocks: [(block: Block, range: Range<Int>)] = []
    private var variables: Set<String> = ["$labels", "$value", "$externalLabels", "$externalURL", "$"]
    private var findings: [QueryFinding] = []

    /// - Parameter labels: Those that the alert's expression yields; `nil` where they can't be told.
    package static func check(_ text: String, labels: Set<String>?) -> [QueryFinding] {
        var template = GoTemplate(text, labels)
        template.check()
        return template.findings
    }

    private init(_ text: String, _ labels: Set<String>?) {
        bytes = Array(text.utf8)
        self.labels = labels
    }

    private mutating func fail(_ message: String, hint: String? = nil, at range: Range<Int>) {
        findings.append(QueryFinding(rule: .alertTemplate, message: message, hint: hint, range: range))
    }

    private func starts(_ text: String, at index: Int) -> Bool {
        bytes[min(index, bytes.count)...].starts(with: text.utf8)
    }

    // MARK: Actions

    private mutating func check() {
        while position < bytes.count {
            guard starts("{{", at: position) else {
                position += 1
                continue
            }
            let start = position
            position += 2
            if starts("- ", at: position) { position += 2 }
            if starts("/*", at: position) {
                guard skipComment(from: start) else { return }
                continue
            }
            guard let tokens = tokens(from: start) else { return }
            action(tokens, at: start..<position)
        }
        for (_, range) in blocks {
            fail("this block has no '{{ end }}'", at: range)
        }
    }

    private mutating func skipComment(from start: Int) -> Bool {
        while position < bytes.count, !starts("*/", at: position) { position += 1 }
        position += 2
        if starts(" -", at: position) { position += 2 }
        guard starts("}}", at: position) else {
            fail("the comment does not end", at: start..<min(position, bytes.count))
            return false
        }
        position += 2
        return true
    }

    /// The words up to `}}`; `nil` where that is missing, or a word can't be read.
    private mutating func tokens(from start: Int) -> [Token]? {
        var tokens: [Token] = []
        while position < bytes.count {
            if starts("}}", at: position) {
                position += 2
                return tokens
            }
            if starts(" -}}", at: position) {
                position += 4
                return tokens
            }
            let byte = bytes[position]
            if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
                position += 1
                continue
            }
            guard let token = token() else {
                fail("unexpected character '\(character(at: position))' in a template", at: position..<position + 1)
                return nil
            }
            tokens.append(token)
        }
        fail("this '{{' has no '}}'", at: start..<min(start + 2, bytes.count))
        return nil
    }

    private func character(at index: Int) -> String {
        var end = index + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return String(decoding: bytes[index..<end], as: UTF8.self)
    }

    private mutating func token() -> Token? {
        let start = position
        let byte = bytes[position]
        func isWord(_ byte: UInt8) -> Bool { Lexer.isLetter(byte) || Lexer.isDigit(byte) || byte >= 0x80 }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "'"):
            guard skipString(byte) else { return nil }
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(ascii: "="):
            position += 1
        case UInt8(ascii: ":"):
            guard starts(":=", at: position) else { return nil }
            position += 2
        case UInt8(ascii: "$"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"):
            position += 1
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"),
                position >= bytes.count || !Lexer.isDigit(bytes[position])
            {
                position = start
                return nil
            }
            skipField(isWord)
        default:
            guard isWord(byte) else { return nil }
            skipField(isWord)
        }
        return Token(text: String(decoding: bytes[start..<position], as: UTF8.self), range: start..<position)
    }

    private mutating func skipField(_ isWord: (UInt8) -> Bool) {
        while position < bytes.count, isWord(bytes[position]) || bytes[position] == UInt8(ascii: ".") { position += 1 }
    }

    private mutating func skipString(_ quote: UInt8) -> Bool {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != quote {
            if bytes[position] == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") { position += 1 }
            position += 1
        }
        guard position < bytes.count else {
            position = start
            return false
        }
        position += 1
        return true
    }

    // MARK: Keywords

    private mutating func action(_ tokens: [Token], at range: Range<Int>) {
        guard let first = tokens.first else {
            fail("there is nothing between '{{' and '}}'", at: range)
            return
        }
        switch first.text {
        case "if": open(.ifBlock(hasElse: false), tokens, at: range)
        case "with": open(.withBlock(hasElse: false), tokens, at: range)
        case "range": open(.rangeBlock(hasElse: false), tokens, at: range)
        case "define", "block": blocks.append((.define, range))
        case "template": break
        case "break", "continue":
            if !isInRange || tokens.count > 1 { fail("'\(first.text)' stands by itself, within a 'range'", at: range) }
        case "else": otherwise(tokens, at: range)
        case "end":
            if blocks.popLast() == nil { fail("'{{ end }}' ends no block", at: range) }
            if tokens.count > 1 { fail("unexpected '\(tokens[1].text)' after 'end'", at: tokens[1].range) }
        default: pipeline(tokens[...], at: range)
        }
    }

    private mutating func open(_ block: Block, _ tokens: [Token], at range: Range<Int>) {
        blocks.append((block, range))
        if tokens.count < 2 { fail("'\(tokens[0].text)' has no condition", at: range) }
        pipeline(tokens.dropFirst(), at: range)
    }

    private mutating func otherwise(_ tokens: [Token], at range: Range<Int>) {
        guard let (block, start) = blocks.popLast() else {
            fail("'{{ else }}' belongs to no block", at: range)
            return
        }
        let isConditional = tokens.count > 1
        if isConditional {
            if case .ifBlock = block, tokens[1].text == "if" {
                pipeline(tokens.dropFirst(2), at: range)
            } else {
                fail("unexpected '\(tokens[1].text)' after 'else'", at: tokens[1].range)
            }
        }
        switch block {
        case .ifBlock(hasElse: true), .withBlock(hasElse: true), .rangeBlock(hasElse: true):
            fail("this block has two '{{ else }}'", at: range)
        case .define: fail("'{{ else }}' belongs to no block", at: range)
        case .ifBlock: blocks.append((.ifBlock(hasElse: !isConditional), start))
        case .withBlock: blocks.append((.withBlock(hasElse: true), start))
        case .rangeBlock: blocks.append((.rangeBlock(hasElse: true), start))
        }
    }

    // MARK: Pipelines

    private mutating func pipeline(_ tokens: ArraySlice<Token>, at range: Range<Int>) {
        var rest = tokens
        if let assignment = rest.firstIndex(where: { $0.text == ":=" || $0.text == "=" }) {
            for token in rest[..<assignment] where token.text != "," {
                if token.text.hasPrefix("$") {
                    variables.insert(token.text)
                } else {
                    fail("'\(token.text)' can't be assigned to", hint: "a variable starts with '$'", at: token.range)
                }
            }
            rest = rest[(assignment + 1)...]
            if rest.isEmpty { fail("nothing is assigned", at: range) }
        }
        var depth = 0
        var expectsCommand = true
        var previous: Token?
        for token in rest {
            switch token.text {
            case "(":
                depth += 1
                expectsCommand = true
            case ")":
                depth -= 1
                if depth < 0 || expectsCommand {
                    fail("unexpected ')'", at: token.range)
                    return
                }
            case "|":
                if expectsCommand {
                    fail("there is nothing before '|'", at: token.range)
                    return
                }
                expectsCommand = true
            case ",", "=", ":=":
                fail("unexpected '\(token.text)'", at: token.range)
                return
            default:
                if expectsCommand, previous?.text == "|", isLiteral(token.text) {
                    fail("'\(token.text)' can't take what comes before it", at: token.range)
                }
                operand(token, after: previous)
                expectsCommand = false
            }
            previous = token
        }
        if depth > 0 { fail("a '(' has no ')'", at: range) }
        // Go passes over a '|' with nothing after it.
        if expectsCommand, !rest.isEmpty, previous?.text != "|" {
            fail("there is nothing after '\(previous?.text ?? "|")'", at: range)
        }
    }

    private func isLiteral(_ text: String) -> Bool {
        text.utf8.first.map { "\"`'".utf8.contains($0) || Lexer.isDigit($0) } ?? false
    }

    private mutating func operand(_ token: Token, after previous: Token?) {
        let text = token.text
        if isLiteral(text) {
            if let previous, ["$labels", ".Labels"].contains(previous.text) {
                label(String(text.dropFirst().dropLast()), token)
            }
            return
        }
        if text.hasPrefix("$") {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            if !variables.contains(parts[0]) {
                fail(
                    "there is no variable '\(parts[0])'",
                    hint: Suggestion.hint(for: parts[0], among: variables.filter { $0 != "$" }), at: token.range)
            } else if parts.dropFirst().contains("") {
                fail("'\(text)' is no field", at: token.range)
            } else if parts[0] == "$labels", parts.count > 1 {
                label(parts[1], token)
            }
            return
        }
        if text.hasPrefix("."), text != "." {
            if text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().contains("") {
                fail("'\(text)' is no field", at: token.range)
            }
            let parts = text.split(separator: ".").map(String.init)
            if parts.first == "Labels", parts.count > 1, !isInside { label(parts[1], token) }
            return
        }
        if text == "." || text.hasPrefix("-") || text.hasPrefix("+") || ["true", "false", "nil"].contains(text) {
            return
        }
        let name = text.split(separator: ".").first.map(String.init) ?? text
        if !Self.functions.contains(name) {
            fail(
                "there is no function '\(name)'", hint: Suggestion.hint(for: name, among: Self.functions),
                at: token.range)
        }
    }

    private var isInRange: Bool {
        blocks.contains { entry in
            if case .rangeBlock = entry.block { true } else { false }
        }
    }

    /// Within `with` and `range`, the dot is something else.
    private var isInside: Bool {
        blocks.contains { entry in
            switch entry.block {
            case .withBlock, .rangeBlock, .define: true
            case .ifBlock: false
            }
        }
    }

    private mutating func label(_ name: String, _ token: Token) {
        guard let labels, !labels.contains(name) else { return }
        findings.append(
            QueryFinding(
                rule: .unknownTemplateLabel, message: "the alert's expression yields no label '\(name)'",
                hint: labels.isEmpty
                    ? "it yields none; keep one by 'by' in the aggregation"
                    : Suggestion.hint(for: name, among: labels.sorted()), range: token.range))
    }
}
