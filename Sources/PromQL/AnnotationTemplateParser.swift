import ContractModel

/// Reads the actions of a template, and notes which labels of the alert they refer to and which queries they make.
struct AnnotationTemplateParser {
    /// How many actions and parentheses may be open at once: reading each takes a part of the thread's stack.
    private static let maximumNesting = 50

    private(set) var labelReferences: [Query.Name] = []
    private(set) var queries: [Query.Name] = []

    private let tokens: [TemplateToken]
    private var index = 0
    private var level = 0
    private var variables = AnnotationTemplate.variables
    private var loops = 0
    /// Whether `.` is the alert, as it is outside of `with`, `range` and `define`.
    private var isDotAlert = true
    /// Whether `$` is the alert, as it is outside of `define`.
    private var isRootAlert = true

    init(_ text: String) throws(Finding) {
        var lexer = AnnotationTemplateLexer(text)
        tokens = try lexer.tokens()
    }

    mutating func parse() throws(Finding) {
        while tokens[index].kind != .end {
            if isDefinition() {
                try definition()
            } else if let ending = try action() {
                throw error(ending, "'\(ending.text)' has no 'if', 'range' or 'with' before it")
            }
        }
    }

    // MARK: Actions

    /// The actions up to an `else` or `end`, which is returned.
    private mutating func actions(of open: TemplateToken) throws(Finding) -> TemplateToken {
        while tokens[index].kind != .end {
            if let ending = try action() { return ending }
        }
        throw error(open, "'\(open.text)' is not closed with '{{ end }}'")
    }

    /// One action; an `else` or `end` is returned.
    private mutating func action() throws(Finding) -> TemplateToken? {
        try enter()
        defer { level -= 1 }
        index += 1
        let token = nextVisible()
        guard token.kind == .keyword else {
            index -= 1
            try pipeline("command", until: "}}")
            return nil
        }
        switch token.text {
        case "if", "range", "with": try control(token)
        case "end":
            try close(token)
            return token
        case "else":
            // What follows an `if` on the same line is the caller's.
            if visible().text != "if" { try close(token) }
            return token
        case "break", "continue":
            guard loops > 0 else { throw error(token, "'\(token.text)' is outside of 'range'") }
            try close(token)
        case "template", "block":
            guard nextVisible().kind == .string else { throw error(token, "'\(token.text)' needs a name in quotes") }
            if token.text == "block" {
                try pipeline("block", until: "}}")
                try apart { parser throws(Finding) in try parser.body(token) }
            } else if visible().kind == .close {
                _ = nextVisible()
            } else {
                try pipeline("template", until: "}}")
            }
        case "nil":
            index -= 1
            try pipeline("command", until: "}}")
        default: throw error(token, "'\(token.text)' cannot stand here")
        }
        return nil
    }

    private mutating func control(_ token: TemplateToken) throws(Finding) {
        try enter()
        defer { level -= 1 }
        let (outerVariables, outerDot) = (variables.count, isDotAlert)
        defer {
            variables = Array(variables.prefix(outerVariables))
            isDotAlert = outerDot
        }
        try pipeline(token.text, until: "}}")
        if token.text == "range" { loops += 1 }
        if token.text != "if" { isDotAlert = false }
        let ending = try actions(of: token)
        if token.text == "range" { loops -= 1 }
        isDotAlert = outerDot
        guard ending.text == "else" else { return }
        if visible().text == "if", visible().kind == .keyword {
            let next = nextVisible()
            guard token.text == "if" else { throw error(next, "'else if' can only follow an 'if'") }
            try control(next)
        } else {
            let ending = try actions(of: token)
            guard ending.text == "end" else { throw error(ending, "a second 'else', expected '{{ end }}'") }
        }
    }

    // MARK: Templates of their own

    private func isDefinition() -> Bool {
        var ahead = index + 1
        while tokens[ahead].kind == .space { ahead += 1 }
        return tokens[ahead].kind == .keyword && tokens[ahead].text == "define"
    }

    private mutating func definition() throws(Finding) {
        index += 1
        let token = nextVisible()
        guard nextVisible().kind == .string else { throw error(token, "'define' needs a name in quotes") }
        try close(token)
        try apart { parser throws(Finding) in try parser.body(token) }
    }

    private mutating func body(_ token: TemplateToken) throws(Finding) {
        let ending = try actions(of: token)
        guard ending.text == "end" else { throw error(ending, "unexpected 'else', expected '{{ end }}'") }
    }

    /// Reads what sees none of the variables around it.
    private mutating func apart(
        _ read: (inout AnnotationTemplateParser) throws(Finding) -> Void
    ) throws(Finding) {
        let outer = (variables, loops, isDotAlert, isRootAlert)
        (variables, loops, isDotAlert, isRootAlert) = (["$"], 0, false, false)
        try read(&self)
        (variables, loops, isDotAlert, isRootAlert) = outer
    }

    // MARK: Pipelines

    private mutating func pipeline(_ context: String, until end: String) throws(Finding) {
        try enter()
        defer { level -= 1 }
        let start = visible()
        try declarations(context)
        var commands = 0
        while true {
            let token = visible()
            if token.kind == .end || token.kind == .close || token.text == ")" {
                guard (end == ")") == (token.text == ")" && token.kind == .symbol) else { throw unexpected(token) }
                guard commands > 0 else { throw error(start, "a value is missing in '\(context)'") }
                _ = nextVisible()
                return
            }
            let isValue = [.boolean, .number, .dot, .string, .character].contains(token.kind) || token.text == "nil"
            try command()
            // A bare value cannot be given what comes through the pipe.
            if commands > 0, isValue {
                throw error(token, "'\(token.text)' is no function that a value can be piped into")
            }
            commands += 1
        }
    }

    /// `$a :=`, `$a =` or, for a range, `$index, $element :=` and `$index, $element =`.
    private mutating func declarations(_ context: String) throws(Finding) {
        var declared: [TemplateToken] = []
        while visible().kind == .variable {
            let before = index
            let variable = nextVisible()
            let next = visible()
            guard next.kind == .symbol, [":=", "=", ","].contains(next.text) else {
                // Not a declaration: the variable is a value, even behind a comma, as Go has it.
                index = before
                return
            }
            _ = nextVisible()
            declared.append(variable)
            variables.append(variable.text)
            if next.text != "," { return }
            guard context == "range", declared.count < 2 else { throw error(next, "too many variables are declared") }
            guard visible().kind == .variable || visible().kind == .close else { throw unexpected(visible()) }
        }
    }

    private mutating func command() throws(Finding) {
        var operands: [TemplateToken] = []
        while true {
            let first = visible()
            if try operand() { operands.append(first) }
            let token = tokens[index]
            if token.kind == .space {
                index += 1
            } else if token.text == "|", token.kind == .symbol {
                index += 1
                break
            } else if token.kind == .close || (token.kind == .symbol && token.text == ")") {
                break
            } else {
                throw unexpected(token)
            }
        }
        guard let first = operands.first else { throw error(visible(), "a command is missing") }
        if first.text == "query", operands.count == 2, operands[1].kind == .string {
            queries.append(.init(text: QueryLiteral.string(operands[1].text) ?? "", range: operands[1].range))
        }
        if first.text == "index", operands.count > 2, operands[1].text == "$labels", operands[2].kind == .string {
            note(operands[2], name: QueryLiteral.string(operands[2].text) ?? "")
        }
    }

    /// A value with the fields that are taken of it; `false` where there is none.
    private mutating func operand() throws(Finding) -> Bool {
        let token = visible()
        switch token.kind {
        case .identifier:
            guard AnnotationTemplate.functions.contains(token.text) else {
                throw error(
                    token, "there is no function '\(token.text)'",
                    hint: Suggestion.nearest(to: token.text, among: AnnotationTemplate.functions).map {
                        "did you mean '\($0)'?"
                    })
            }
        case .variable:
            guard variables.contains(token.text) else {
                throw error(
                    token, "there is no variable '\(token.text)'",
                    hint: Suggestion.hint(for: token.text, among: variables))
            }
        case .keyword where token.text == "nil": break
        case .boolean, .number, .character, .string, .dot, .field: break
        case .symbol where token.text == "(":
            _ = nextVisible()
            try pipeline("parentheses", until: ")")
            while tokens[index].kind == .field { index += 1 }
            return true
        case .open, .close, .space, .keyword, .symbol, .end: return false
        }
        _ = nextVisible()
        var path = [token]
        while tokens[index].kind == .field {
            path.append(tokens[index])
            index += 1
        }
        if path.count > 1, ![.identifier, .variable, .field].contains(token.kind) {
            throw error(path[1], "'\(token.text)' has no fields")
        }
        noteLabel(in: path)
        return true
    }

    // MARK: Labels

    /// `$labels.name`, `.Labels.name` or `$.Labels.name`.
    private mutating func noteLabel(in path: [TemplateToken]) {
        var path = path[...]
        if path.first?.text == "$labels" {
            path.removeFirst()
        } else {
            if isRootAlert, path.first?.text == "$" {
                path.removeFirst()
            } else if !isDotAlert {
                return
            }
            guard path.popFirst()?.text == ".Labels" else { return }
        }
        if let field = path.first { note(field, name: String(field.text.dropFirst())) }
    }

    private mutating func note(_ token: TemplateToken, name: String) {
        // A text may declare `$labels` anew, and then it is anything.
        guard variables.count(where: { $0 == "$labels" }) < 2 else { return }
        let start = token.kind == .field ? token.range.lowerBound + 1 : token.range.lowerBound
        labelReferences.append(.init(text: name, range: start..<token.range.upperBound))
    }

    // MARK: Words

    private func visible() -> TemplateToken {
        tokens[index].kind == .space ? tokens[min(index + 1, tokens.count - 1)] : tokens[index]
    }

    private mutating func nextVisible() -> TemplateToken {
        if tokens[index].kind == .space { index += 1 }
        let token = tokens[index]
        if index + 1 < tokens.count { index += 1 }
        return token
    }

    private mutating func close(_ token: TemplateToken) throws(Finding) {
        let next = nextVisible()
        guard next.kind == .close else {
            throw error(next, "unexpected '\(next.text)' after '\(token.text)', expected '}}'")
        }
    }

    private mutating func enter() throws(Finding) {
        level += 1
        if level > Self.maximumNesting {
            throw Finding(.alertTemplate, tokens[index].range, "nested deeper than \(Self.maximumNesting) levels")
        }
    }

    private func unexpected(_ token: TemplateToken) -> Finding {
        error(token, token.kind == .close ? "an action ends too early" : "unexpected '\(token.text)' in an action")
    }

    private func error(_ token: TemplateToken, _ message: String, hint: String? = nil) -> Finding {
        Finding(.alertTemplate, token.range, message, hint: hint)
    }
}
