/// Reads PromQL, as Prometheus 2.42 does.
package struct Parser {
    private var tokens: [Token]
    private var index = 0
    private var depth = 0

    /// Deeper expressions are nobody's, and would exhaust the stack.
    static let maximumDepth = 200

    /// The expression of a text. Its types are checked apart, by ``TypeChecker``.
    package static func parse(_ text: String) throws(PromQLError) -> Expression {
        var parser = Parser(tokens: try Lexer.tokens(of: text))
        guard parser.current.kind != .end else {
            throw PromQLError(.syntax, "there is no expression", at: 0..<text.utf8.count)
        }
        let expression = try parser.expression(above: 0)
        guard parser.current.kind == .end else { throw parser.unexpected("an operator or the end") }
        return expression
    }

    private init(tokens: [Token]) {
        self.tokens = tokens
    }

    // MARK: Tokens

    private var current: Token { tokens[index] }
    private var following: Token { tokens[min(index + 1, tokens.count - 1)] }
    /// Where the token before the current one ends.
    private var lastEnd: Int { index > 0 ? tokens[index - 1].range.upperBound : 0 }

    @discardableResult
    private mutating func advance() -> Token {
        defer { index = min(index + 1, tokens.count - 1) }
        return tokens[index]
    }

    private mutating func accept(_ sign: String) -> Bool {
        guard current.isSign(sign) else { return false }
        advance()
        return true
    }

    private mutating func expect(_ sign: String, _ what: String) throws(PromQLError) {
        guard accept(sign) else { throw unexpected(what) }
    }

    private func unexpected(_ expected: String) -> PromQLError {
        let range = current.range.isEmpty && lastEnd > 0 ? lastEnd - 1..<lastEnd : current.range
        return PromQLError(.syntax, "unexpected \(current.shown); expected \(expected)", at: range)
    }

    private mutating func nested<Value>(
        _ body: (inout Parser) throws(PromQLError) -> Value
    ) throws(PromQLError) -> Value {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw PromQLError(.syntax, "nested deeper than \(Self.maximumDepth)", at: current.range)
        }
        return try body(&self)
    }

    // MARK: Operators

    private mutating func expression(above minimum: Int) throws(PromQLError) -> Expression {
        try nested { parser throws(PromQLError) in try parser.operators(above: minimum) }
    }

    private mutating func operators(above minimum: Int) throws(PromQLError) -> Expression {
        var left = try unary()
        while let operation = operation(), operation.precedence > minimum {
            advance()
            let (returnsBool, matching) = try modifiers(of: operation)
            // `^` alone binds to the right.
            let right = try expression(above: operation == .power ? operation.precedence - 1 : operation.precedence)
            left = Expression(
                kind: .binary(
                    Binary(
                        operation: operation, left: left, right: right, returnsBool: returnsBool, matching: matching)),
                range: left.range.lowerBound..<right.range.upperBound)
        }
        return left
    }

    private func operation() -> Binary.Operator? {
        switch current.kind {
        case .sign, .identifier: Binary.Operator(rawValue: current.text.lowercased())
        case .number, .duration, .string, .end: nil
        }
    }

    /// A sign binds tighter than `*`, and looser than `^`.
    private mutating func unary() throws(PromQLError) -> Expression {
        guard current.isSign("-") || current.isSign("+") else { return try postfix() }
        let sign = advance()
        let operand = try expression(above: Binary.Operator.times.precedence)
        let range = sign.range.lowerBound..<operand.range.upperBound
        if case .number(let value) = operand.kind {
            return Expression(kind: .number(sign.text == "-" ? -value : value), range: range)
        }
        return Expression(kind: .signed(operand), range: range)
    }

    private mutating func modifiers(
        of operation: Binary.Operator
    ) throws(PromQLError) -> (returnsBool: Bool, matching: Binary.Matching?) {
        var returnsBool = false
        if current.isWord("bool") {
            guard operation.isComparison else {
                throw PromQLError(.syntax, "'bool' stands only after a comparison", at: current.range)
            }
            advance()
            returnsBool = true
        }
        guard current.isWord("on") || current.isWord("ignoring") else { return (returnsBool, nil) }
        let isOn = advance().isWord("on")
        var matching = Binary.Matching(isOn: isOn, labels: try labelList(), many: nil, included: [])
        if current.isWord("group_left") || current.isWord("group_right") {
            let word = advance()
            guard !operation.isSet else {
                throw PromQLError(
                    .syntax, "'\(operation.rawValue)' works on sets, and takes no '\(word.text)'", at: word.range)
            }
            matching.many = word.isWord("group_left") ? .left : .right
            if current.isSign("(") { matching.included = try labelList() }
            if isOn,
                let label = matching.included.first(where: { label in
                    matching.labels.contains { $0.name == label.name }
                })
            {
                throw PromQLError(
                    .syntax, "'\(label.name)' is in both 'on' and '\(word.text)'", at: label.range)
            }
        }
        return (returnsBool, matching)
    }

    private mutating func labelList() throws(PromQLError) -> [NamedRange] {
        try expect("(", "'(' and labels")
        var labels: [NamedRange] = []
        while !current.isSign(")") {
            guard current.kind == .identifier, !current.text.contains(":"), !current.isWord("without") else {
                throw unexpected("a label")
            }
            let token = advance()
            labels.append(NamedRange(name: token.text, range: token.range))
            if !accept(",") { break }
        }
        try expect(")", "',' or ')'")
        return labels
    }

    // MARK: Ranges, offsets

    private mutating func postfix() throws(PromQLError) -> Expression {
        var expression = try primary()
        while true {
            if current.isSign("[") {
                expression = try bracketed(expression)
            } else if current.isWord("offset") {
                expression = try offset(expression)
            } else if current.isSign("@") {
                expression = try at(expression)
            } else {
                return expression
            }
        }
    }

    private mutating func bracketed(_ expression: Expression) throws(PromQLError) -> Expression {
        let bracket = advance()
        let length = try duration()
        if accept(":") {
            var step: Int?
            if case .duration = current.kind { step = try duration() }
            try expect("]", "']'")
            return Expression(
                kind: .subquery(expression, length: length, step: step),
                range: expression.range.lowerBound..<lastEnd)
        }
        try expect("]", "']', or ':' and a step")
        if case .shifted = expression.kind {
            throw PromQLError(
                .syntax, "'offset' and '@' stand after the range, not before it",
                at: bracket.range.lowerBound..<lastEnd)
        }
        guard case .selector = expression.kind else {
            throw PromQLError(
                .syntax, "only a selector has a range",
                hint: "of any other expression, take a subquery: [5m:]", at: bracket.range.lowerBound..<lastEnd)
        }
        return Expression(
            kind: .range(expression, length: length), range: expression.range.lowerBound..<lastEnd)
    }

    private mutating func duration() throws(PromQLError) -> Int {
        guard case .duration(let milliseconds) = current.kind else { throw unexpected("a length of time, such as 5m") }
        guard milliseconds > 0 else {
            throw PromQLError(.syntax, "a length of time must be more than 0", at: current.range)
        }
        advance()
        return milliseconds
    }

    private mutating func offset(_ expression: Expression) throws(PromQLError) -> Expression {
        let word = advance()
        let isNegative = accept("-")
        let milliseconds = try duration()
        return try shifted(
            expression, offset: isNegative ? -milliseconds : milliseconds, at: nil, word, lastEnd)
    }

    private mutating func at(_ expression: Expression) throws(PromQLError) -> Expression {
        let sign = advance()
        var time: EvaluationTime
        if current.isWord("start") || current.isWord("end") {
            time = advance().isWord("start") ? .start : .end
            try expect("(", "'('")
            try expect(")", "')'")
        } else {
            let isNegative = accept("-")
            if !isNegative { _ = accept("+") }
            guard case .number(let value) = current.kind, value.isFinite else {
                throw unexpected("a time in seconds, start() or end()")
            }
            advance()
            time = .timestamp(isNegative ? -value : value)
        }
        return try shifted(expression, offset: nil, at: time, sign, lastEnd)
    }

    private func shifted(
        _ expression: Expression, offset: Int?, at time: EvaluationTime?, _ word: Token, _ end: Int
    ) throws(PromQLError) -> Expression {
        var inner = expression
        var (oldOffset, oldTime): (Int?, EvaluationTime?)
        if case .shifted(let core, let offset, let time) = expression.kind {
            (inner, oldOffset, oldTime) = (core, offset, time)
        }
        switch inner.kind {
        case .selector, .range, .subquery: break
        default:
            throw PromQLError(
                .syntax, "'\(word.text)' stands only after a selector, a range or a subquery",
                at: word.range.lowerBound..<end)
        }
        if offset != nil && oldOffset != nil || time != nil && oldTime != nil {
            throw PromQLError(.syntax, "there are two '\(word.text)'", at: word.range.lowerBound..<end)
        }
        return Expression(
            kind: .shifted(inner, offset: offset ?? oldOffset, at: time ?? oldTime),
            range: expression.range.lowerBound..<end)
    }

    // MARK: What stands by itself

    private mutating func primary() throws(PromQLError) -> Expression {
        let token = current
        switch token.kind {
        case .number(let value):
            advance()
            return Expression(kind: .number(value), range: token.range)
        case .string(let value):
            advance()
            return Expression(kind: .string(value), range: token.range)
        case .identifier:
            return try named()
        case .sign where token.text == "(":
            advance()
            let inner = try expression(above: 0)
            try expect(")", "an operator or ')'")
            return Expression(kind: .parentheses(inner), range: token.range.lowerBound..<lastEnd)
        case .sign where token.text == "{":
            return try selector(nil)
        case .sign, .duration, .end:
            throw unexpected("an expression")
        }
    }

    /// Words that can't be the name of a metric.
    private static let reserved: Set<String> = ["bool", "group_left", "group_right", "ignoring", "on", "atan2"]

    private mutating func named() throws(PromQLError) -> Expression {
        let name = current.text
        if Functions.aggregations.contains(name.lowercased()),
            following.isSign("(") || following.isWord("by") || following.isWord("without")
        {
            return try aggregation()
        }
        if following.isSign("(") {
            guard Functions.all[name] != nil else {
                throw PromQLError(
                    .syntax, "there is no function '\(name)'", hint: Functions.hint(for: name), at: current.range)
            }
            return try call()
        }
        guard !Self.reserved.contains(name.lowercased()) else { throw unexpected("an expression") }
        return try selector(advance())
    }

    private mutating func call() throws(PromQLError) -> Expression {
        let name = advance()
        let arguments = try arguments()
        return Expression(kind: .call(name.text, arguments), range: name.range.lowerBound..<lastEnd)
    }

    private mutating func arguments() throws(PromQLError) -> [Expression] {
        try expect("(", "'('")
        var arguments: [Expression] = []
        if accept(")") { return [] }
        while true {
            arguments.append(try expression(above: 0))
            if accept(")") { return arguments }
            try expect(",", "',' or ')'")
            if current.isSign(")") { throw unexpected("another argument") }
        }
    }

    private mutating func aggregation() throws(PromQLError) -> Expression {
        let name = advance()
        var grouping = try self.grouping()
        let arguments = try arguments()
        if grouping == nil { grouping = try self.grouping() }
        let operation = name.text.lowercased()
        let takesParameter = Functions.parametrized[operation] != nil
        guard arguments.count == (takesParameter ? 2 : 1) else {
            throw PromQLError(
                .syntax,
                "'\(name.text)' takes \(takesParameter ? "a parameter and a vector" : "one vector"), found "
                    + "\(arguments.count) arguments", at: name.range.lowerBound..<lastEnd)
        }
        return Expression(
            kind: .aggregation(
                Aggregation(
                    name: operation, parameter: takesParameter ? arguments[0] : nil,
                    operand: arguments[arguments.count - 1], grouping: grouping)),
            range: name.range.lowerBound..<lastEnd)
    }

    private mutating func grouping() throws(PromQLError) -> Aggregation.Grouping? {
        guard current.isWord("by") || current.isWord("without") else { return nil }
        let keeps = advance().isWord("by")
        return Aggregation.Grouping(keeps: keeps, labels: try labelList())
    }

    // MARK: Selectors

    private mutating func selector(_ name: Token?) throws(PromQLError) -> Expression {
        let start = name?.range ?? current.range
        var matchers: [VectorSelector.Matcher] = []
        if accept("{") {
            while !current.isSign("}") {
                matchers.append(try matcher())
                if !accept(",") { break }
            }
            try expect("}", "',' or '}'")
        }
        let range = start.lowerBound..<lastEnd
        let selector = VectorSelector(name: name?.text, nameRange: start, matchers: matchers)
        if name != nil, let second = matchers.first(where: { $0.label == "__name__" }) {
            throw PromQLError(.syntax, "the metric's name is set twice", at: second.labelRange)
        }
        if name == nil, matchers.allSatisfy(\.matchesEmpty) {
            throw PromQLError(
                .syntax, "a selector must hold a matcher that does not match the empty value", at: range)
        }
        return Expression(kind: .selector(selector), range: range)
    }

    private mutating func matcher() throws(PromQLError) -> VectorSelector.Matcher {
        guard current.kind == .identifier else { throw unexpected("a label") }
        let label = advance()
        guard current.kind == .sign, let comparison = VectorSelector.Matcher.Comparison(rawValue: current.text) else {
            throw unexpected("=, !=, =~ or !~")
        }
        advance()
        guard case .string(let value) = current.kind else { throw unexpected("a string") }
        let token = advance()
        let matcher = VectorSelector.Matcher(
            label: label.text, labelRange: label.range, comparison: comparison, value: value, valueRange: token.range)
        if comparison == .matches || comparison == .doesNotMatch, let problem = Pattern.problem(in: value) {
            throw PromQLError(.syntax, "the pattern is not sound: \(problem)", at: token.range)
        }
        return matcher
    }
}

extension VectorSelector.Matcher {
    fileprivate var matchesEmpty: Bool {
        switch comparison {
        case .equal: value.isEmpty
        case .notEqual: !value.isEmpty
        case .matches: Pattern.matchesEmpty(value)
        case .doesNotMatch: !Pattern.matchesEmpty(value)
        }
    }
}
