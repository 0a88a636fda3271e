import ContractModel

/// A parser of the actions of a template, and the templates that it defines.
struct AnnotationTemplateParser {
    /// The maximum nesting of actions and parentheses, which are parsed recursively.
    private static let maximumNesting = 50

    private(set) var definitions: [String: [TemplateNode]] = [:]

    private let tokens: [TemplateToken]
    private var index = 0
    private var level = 0
    private var variables = AnnotationTemplate.variables
    private var loops = 0

    init(_ text: String) throws(Finding) {
        var lexer = AnnotationTemplateLexer(text)
        tokens = try lexer.tokens()
    }

    mutating func parse() throws(Finding) -> [TemplateNode] {
        var nodes: [TemplateNode] = []
        while tokens[index].kind != .end {
            if isDefinition() {
                try definition()
            } else if let ending = try action(&nodes) {
                throw error(ending, "'\(ending.text)' has no 'if', 'range' or 'with' before it")
            }
        }
        return nodes
    }

    // MARK: Actions

    /// Parses the actions up to an `else` or `end`, which is returned too.
    private mutating func actions(
        of open: TemplateToken
    ) throws(Finding) -> (nodes: [TemplateNode], ending: TemplateToken) {
        var nodes: [TemplateNode] = []
        while tokens[index].kind != .end {
            if let ending = try action(&nodes) { return (nodes, ending) }
        }
        throw error(open, "'\(open.text)' is not closed with '{{ end }}'")
    }

    /// Parses one action. Returns an `else` or `end`.
    private mutating func action(_ nodes: inout [TemplateNode]) throws(Finding) -> TemplateToken? {
        try enter()
        defer { level -= 1 }
        index += 1
        let token = nextVisible()
        guard token.kind == .keyword, token.text != "nil" else {
            index -= 1
            nodes.append(.action(try pipeline("command", until: "}}")))
            return nil
        }
        switch token.text {
        case "if", "range", "with": nodes.append(.branch(try control(token)))
        case "end":
            try close(token)
            return token
        case "else":
            // The caller parses the `if` of `else if`.
            if visible().text != "if" { try close(token) }
            return token
        case "break", "continue":
            guard loops > 0 else { throw error(token, "'\(token.text)' is outside of 'range'") }
            try close(token)
        case "template", "block": nodes.append(try call(token))
        default: throw error(token, "unexpected '\(token.text)'")
        }
        return nil
    }

    private mutating func control(_ token: TemplateToken) throws(Finding) -> TemplateBranch {
        try enter()
        defer { level -= 1 }
        let outerVariables = variables.count
        defer { variables = Array(variables.prefix(outerVariables)) }
        var branch = TemplateBranch(kind: .init(rawValue: token.text) ?? .if, cases: [])
        while true {
            let condition = try pipeline(token.text, until: "}}")
            if token.text == "range" { loops += 1 }
            let (body, ending) = try actions(of: token)
            if token.text == "range" { loops -= 1 }
            branch.cases.append((condition, body))
            guard ending.text == "else" else { return branch }
            guard visible().text == "if", visible().kind == .keyword else { break }
            let next = nextVisible()
            guard token.text == "if" else { throw error(next, "'else if' can only follow an 'if'") }
        }
        let (body, ending) = try actions(of: token)
        guard ending.text == "end" else { throw error(ending, "a second 'else', expected '{{ end }}'") }
        branch.otherwise = body
        return branch
    }

    // MARK: Defined templates

    private func isDefinition() -> Bool {
        var ahead = index + 1
        while tokens[ahead].kind == .space { ahead += 1 }
        return tokens[ahead].kind == .keyword && tokens[ahead].text == "define"
    }

    private mutating func definition() throws(Finding) {
        index += 1
        let token = nextVisible()
        let name = nextVisible()
        guard name.kind == .string else { throw error(token, "'define' needs a name in quotes") }
        try close(token)
        try define(name, token)
    }

    /// Parses `template "name" value`, or `block "name" value`, which also defines the template.
    private mutating func call(_ token: TemplateToken) throws(Finding) -> TemplateNode {
        let name = nextVisible()
        guard name.kind == .string else { throw error(token, "'\(token.text)' needs a name in quotes") }
        var argument: TemplatePipeline?
        if token.text == "template", visible().kind == .close {
            _ = nextVisible()
        } else {
            argument = try pipeline(token.text, until: "}}")
        }
        if token.text == "block" { try define(name, token) }
        return .call(.init(text: PromQLLiteral.string(name.text) ?? "", range: name.range), argument)
    }

    /// Parses the body of a template, which cannot refer to variables outside of it.
    private mutating func define(_ name: TemplateToken, _ token: TemplateToken) throws(Finding) {
        let outer = (variables, loops)
        (variables, loops) = (["$"], 0)
        let (body, ending) = try actions(of: token)
        guard ending.text == "end" else { throw error(ending, "unexpected 'else', expected '{{ end }}'") }
        (variables, loops) = outer
        definitions[PromQLLiteral.string(name.text) ?? ""] = body
    }

    // MARK: Pipelines

    private mutating func pipeline(_ context: String, until end: String) throws(Finding) -> TemplatePipeline {
        try enter()
        defer { level -= 1 }
        let start = visible()
        var pipeline = TemplatePipeline()
        try declarations(context, &pipeline)
        while true {
            let token = visible()
            if token.kind == .end || token.kind == .close || token.text == ")" {
                guard (end == ")") == (token.text == ")" && token.kind == .symbol) else { throw unexpected(token) }
                guard !pipeline.commands.isEmpty else { throw error(start, "a value is missing in '\(context)'") }
                _ = nextVisible()
                return pipeline
            }
            let isValue = [.boolean, .number, .dot, .string, .character].contains(token.kind) || token.text == "nil"
            let command = try command()
            // A value cannot take a piped argument.
            if !pipeline.commands.isEmpty, isValue {
                throw error(token, "'\(token.text)' is not a function: a value cannot be piped into it")
            }
            pipeline.commands.append(command)
        }
    }

    /// Parses `$a :=`, `$a =` or, for a range, `$index, $element :=` and `$index, $element =`.
    private mutating func declarations(_ context: String, _ pipeline: inout TemplatePipeline) throws(Finding) {
        while visible().kind == .variable {
            let before = index
            let variable = nextVisible()
            let next = visible()
            guard next.kind == .symbol, [":=", "=", ","].contains(next.text) else {
                // Not a declaration: the variable is a value, even after a comma, as in Go.
                index = before
                return
            }
            _ = nextVisible()
            pipeline.declared.append(variable.text)
            pipeline.isAssignment = next.text == "="
            variables.append(variable.text)
            if next.text != "," { return }
            guard context == "range", pipeline.declared.count < 2 else {
                throw error(next, "too many variables are declared")
            }
            guard visible().kind == .variable || visible().kind == .close else { throw unexpected(visible()) }
        }
    }

    private mutating func command() throws(Finding) -> [TemplateOperand] {
        var operands: [TemplateOperand] = []
        while true {
            if let operand = try operand() { operands.append(operand) }
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
        guard !operands.isEmpty else { throw error(visible(), "a command is missing") }
        return operands
    }

    /// Parses a value and its fields. Returns `nil` if there is no value.
    private mutating func operand() throws(Finding) -> TemplateOperand? {
        let token = visible()
        guard let base = try base(token) else { return nil }
        var operand = TemplateOperand(base: base, range: token.range)
        if token.kind == .field { operand.fields.append(name(of: token)) }
        let hasFields: Bool =
            switch base {
            case .dot: token.kind == .field
            case .variable, .function, .pipeline: true
            case .text, .constant: false
            }
        while tokens[index].kind == .field {
            guard hasFields else { throw error(tokens[index], "'\(token.text)' has no fields") }
            operand.fields.append(name(of: tokens[index]))
            index += 1
        }
        return operand
    }

    /// Parses a value without its fields. Returns `nil` if there is no value.
    private mutating func base(_ token: TemplateToken) throws(Finding) -> TemplateOperand.Base? {
        let base: TemplateOperand.Base
        switch token.kind {
        case .identifier:
            guard AnnotationTemplate.functions.contains(token.text) else {
                throw error(
                    token, "unknown function '\(token.text)'",
                    hint: Suggestion.nearest(to: token.text, among: AnnotationTemplate.functions).map {
                        "did you mean '\($0)'?"
                    })
            }
            base = .function(token.text)
        case .variable:
            guard variables.contains(token.text) else {
                throw error(
                    token, "unknown variable '\(token.text)'",
                    hint: Suggestion.hint(for: token.text, among: variables))
            }
            base = .variable(token.text)
        case .dot, .field: base = .dot
        case .string: base = .text(PromQLLiteral.string(token.text) ?? "")
        case .keyword where token.text == "nil": base = .constant
        case .boolean, .number, .character: base = .constant
        case .symbol where token.text == "(":
            _ = nextVisible()
            return .pipeline(try pipeline("parentheses", until: ")"))
        case .open, .close, .space, .keyword, .symbol, .end: return nil
        }
        _ = nextVisible()
        return base
    }

    /// Returns the name of `.name`.
    private func name(of field: TemplateToken) -> Expression.Name {
        Expression.Name(
            text: String(field.text.dropFirst()), range: field.range.lowerBound + 1..<field.range.upperBound)
    }

    // MARK: Tokens

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
