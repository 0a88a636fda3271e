/// A mistake that libyaml finds, in words that name what to change.
struct YAMLMistake {
    var location: SourceLocation
    var message: String
    var hint: String?

    private let line: [Unicode.Scalar]
    /// The line before, empty ones aside.
    private let lineBefore: [Unicode.Scalar]
    private let column: Int

    init(_ error: YAMLSyntaxError, in bytes: [UInt8], file: String) {
        let lines = SourceLines(bytes)
        switch error.place {
        case .byte(let offset): location = lines.location(ofByte: offset, file: file)
        case .mark(let line, let column): location = SourceLocation(file: file, line: line + 1, column: column + 1)
        }
        message = error.message
        hint = "check the quotes, brackets and indentation up to this place"
        let start = error.start.map { SourceLocation(file: file, line: $0.line + 1, column: $0.column + 1) }
        if let start, Self.isAboutStart(error.problem, start, location) { location = start }
        line = lines.scalars(ofLine: location.line) ?? []
        column = location.column - 1
        var before = location.line - 1
        while before > 0, (lines.scalars(ofLine: before) ?? []).allSatisfy({ $0 == " " }) { before -= 1 }
        lineBefore = lines.scalars(ofLine: before) ?? []
        describe(error.problem, isQuoted: error.message.contains("quoted"))
        for (scalars, number) in [(line, location.line), (lineBefore, before)] {
            guard let place = scalars.firstIndex(where: { $0 != " " }), Confusables.isOddBlank(scalars[place]) else {
                continue
            }
            location = SourceLocation(file: file, line: number, column: place + 1)
            set("\(Confusables.code(scalars[place])) in the indentation", "indent with spaces of ASCII")
            return
        }
    }

    /// Returns whether the mistake is at the start of the key, quote or bracket, and not where libyaml reports it.
    private static func isAboutStart(_ problem: String, _ start: SourceLocation, _ end: SourceLocation) -> Bool {
        switch problem {
        case "could not find expected ':'", "found unexpected end of stream": true
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'": start.line < end.line
        default: false
        }
    }

    private mutating func describe(_ problem: String, isQuoted: Bool) {
        switch problem {
        case "could not find expected ':'": describeKey()
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            describeTab()
        case "found character that cannot start any token":
            if column < line.count, line[column] == "\t" {
                describeTab()
            } else {
                set("a value can't start with '\(column < line.count ? String(line[column]) : "")'", "put it in quotes")
            }
        case "mapping values are not allowed in this context": describeSecondColon()
        case "did not find expected key": describeBlock()
        case "did not find expected '-' indicator":
            set("the indentation does not match the items of the list", "start all items in the same column")
        case "found unexpected end of stream" where isQuoted: set("the quote is not closed", "close it on its line")
        case "did not find expected ',' or '}'": describeBracket("{", "}")
        case "did not find expected ',' or ']'": describeBracket("[", "]")
        case "control characters are not allowed" where column < line.count:
            set("the control character \(Confusables.code(line[column]))", "remove it")
        case "found unknown escape character":
            set("unknown escape in double quotes", "write \\\\ for a backslash, or use single quotes")
        case "did not find expected comment or line break" where isInQuotes:
            set("text after the closing quote", "put the whole text in single quotes")
        case "did not find expected comment or line break":
            set("text on the line of '|' or '>'", "start the text on the next line, or put it in quotes")
        default: break
        }
    }

    private mutating func set(_ message: String, _ hint: String) {
        self.message = message
        self.hint = hint
    }

    private mutating func describeTab() { set("a tab in the indentation", "indent with spaces") }

    /// Describes a line without a key; usually, the space after the colon is missing.
    private mutating func describeKey() {
        let rest = line[min(column, line.count)...]
        let name = rest.prefix { $0 != ":" && $0 != " " }
        let value = rest.dropFirst(name.count)
        if let sign = blockSign {
            set("the text of '\(sign)' is not indented", "indent it by more than its key")
            return
        }
        if rest.first == "-", rest.count > 1, !name.contains(":") {
            set("missing space after '-'", "write '- \(Self.text(rest.dropFirst()))'")
            return
        }
        guard value.first == ":", value.count > 1 else {
            set("expected 'key: value', found '\(Self.text(rest))'", "write a ':' and a space after the key")
            return
        }
        if let scalar = value.dropFirst().first, Confusables.isOddBlank(scalar) {
            location.column = column + name.count + 2
            set("\(Confusables.code(scalar)) after the ':' of '\(Self.text(name))'", "write a space of ASCII")
            return
        }
        set(
            "missing space after the ':' of '\(Self.text(name))'",
            "write '\(Self.text(name)): \(Self.text(value.dropFirst().drop { $0.properties.isWhitespace }))'")
    }

    /// The sign of a block of text at the end of the line before: `|` or `>`, which others may follow.
    private var blockSign: Unicode.Scalar? {
        guard let last = lineBefore.lastIndex(where: { $0 == ":" || $0 == "|" || $0 == ">" }), lineBefore[last] != ":",
            lineBefore[(last + 1)...].allSatisfy({ "+-0123456789 ".unicodeScalars.contains($0) }),
            last > 0, lineBefore[last - 1] == " "
        else { return nil }
        return lineBefore[last]
    }

    /// Describes a colon that would start a second value: in a string, or below a line that has a value.
    private mutating func describeSecondColon() {
        if let start = valueStart, start < column {
            location.column = start + 1
            set("a string that contains ': ' must be in quotes", "write \"\(Self.text(line[start...]))\"")
        } else {
            set(
                "this key is below a line that already has a value",
                "align it with the other keys of its mapping")
        }
    }

    /// Describes a line that belongs to no mapping: often a string that YAML reads as a mapping.
    private mutating func describeBlock() {
        if let start = valueStart, start < column, "{[\"'".unicodeScalars.contains(line[start]) {
            let sign = line[start]
            location.column = start + 1
            if sign == "{" || sign == "[" {
                set("a string that starts with '\(sign)' must be in quotes", "write \"\(Self.text(line[start...]))\"")
            } else {
                set("text after the closing quote", "put the whole text in quotes")
            }
        } else {
            set("the indentation does not match the keys before", "start all keys of a mapping in the same column")
        }
    }

    private mutating func describeBracket(_ open: String, _ close: String) {
        let isOpening = column < line.count && String(line[column]) == open
        if isOpening {
            set("'\(open)' is not closed", "add '\(close)'; a string that starts with '\(open)' must be in quotes")
        } else {
            set(
                "expected ',' or '\(close)'",
                "separate entries with ','; a string that contains ',' or a bracket must be in quotes")
        }
    }

    /// Whether the value of the line is in quotes, with text after them.
    private var isInQuotes: Bool { valueStart.map { "\"'".unicodeScalars.contains(line[$0]) } ?? false }

    /// The column in which the value of the line's first key starts.
    private var valueStart: Int? {
        guard
            let colon = line.indices.first(where: { index in
                line[index] == ":" && index + 1 < line.count && line[index + 1] == " "
            })
        else { return nil }
        return line.indices.dropFirst(colon + 1).first { line[$0] != " " }
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = ""
        for scalar in scalars.prefix(60) { text.unicodeScalars.append(scalar) }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
