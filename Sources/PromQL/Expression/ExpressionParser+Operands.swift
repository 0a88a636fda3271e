import ContractModel

/// Operands: literals, selectors, calls and aggregations.
extension ExpressionParser {
    /// Keywords that cannot be the name of a metric, because they may follow an operator.
    private static let reserved: Set<String> = ["atan2", "bool", "group_left", "group_right", "ignoring", "on"]

    /// Parses a literal or a selector.
    mutating func leaf() throws(Finding) -> Branch {
        let token = current
        switch token.kind {
        case .number:
            advance()
            return try branch(.number(.init(value: number(token))), token.range, over: [])
        case .string:
            advance()
            return try branch(.string(string(token)), token.range, over: [])
        case .keyword where !Self.reserved.contains(token.text): return try selector()
        case .identifier, .metricIdentifier: return try selector()
        case .symbol where token.text == "{": return try selector()
        case .keyword, .symbol, .duration, .end: throw unexpected("an expression")
        }
    }

    func string(_ token: ExpressionToken) throws(Finding) -> String {
        guard let string = PromQLLiteral.string(token.text) else {
            throw Finding(
                .promQLSyntax, token.range, "invalid escape sequence in a string",
                hint: "write a backslash as \\\\, or quote the string with backticks")
        }
        return string
    }

    // MARK: Selectors

    private mutating func selector() throws(Finding) -> Branch {
        let start = current.range.lowerBound
        var selector = Expression.VectorSelector(name: nil, matchers: [])
        if current.kind != .symbol { selector.name = name(advance()) }
        if take(symbol: "{") {
            while !isAt("}") {
                selector.matchers.append(try matcher())
                guard take(symbol: ",") else { break }
            }
            try expect("}", "',' or '}' after a matcher")
        }
        return try branch(.vectorSelector(selector), start..<previous.range.upperBound, over: [])
    }

    private mutating func matcher() throws(Finding) -> Expression.Matcher {
        guard current.kind == .identifier else { throw unexpected("the name of a label, or '}'") }
        let label = name(advance())
        guard current.kind == .symbol, let operation = Expression.Matcher.Operator(rawValue: current.text) else {
            throw unexpected("one of =, !=, =~ and !~ after the name of a label")
        }
        advance()
        guard current.kind == .string else { throw unexpected("a string for the label '\(label.text)'") }
        let token = advance()
        let value = try string(token)
        if operation == .matches || operation == .doesNotMatch {
            let isUTF8 = PromQLLiteral.bytes(of: token.text) == Array(value.utf8)
            if let problem = isUTF8 ? LabelPattern.problem(in: value) : "it contains bytes that are not UTF-8" {
                throw Finding(.promQLSyntax, token.range, "invalid regular expression '\(value)': \(problem)")
            }
        }
        return Expression.Matcher(label: label, operation: operation, value: .init(text: value, range: token.range))
    }

    // MARK: Calls

    /// Parses the start of a call or aggregation, up to its `(`.
    mutating func openCall() throws(Finding) -> OpenCall? {
        let start = current.range.lowerBound
        if current.kind == .identifier, following.kind == .symbol, following.text == "(" {
            let name = name(advance())
            guard let function = PromQLFunction.all[name.text] else {
                throw Finding(
                    .promQLSyntax, name.range, "unknown function '\(name.text)'",
                    hint: Self.hint(forFunction: name.text))
            }
            advance()
            return OpenCall(callee: .function(function, name), start: start)
        }
        guard let operation = aggregationOperator() else { return nil }
        advance()
        let grouping = try grouping()
        try expect("(", "'('")
        return OpenCall(callee: .aggregation(operation, grouping), start: start)
    }

    /// Returns the call whose `)` has been parsed.
    mutating func closed(_ call: OpenCall) throws(Finding) -> Branch {
        switch call.callee {
        case .function(let function, let name):
            let node = Expression.Call(function: function, name: name, arguments: call.arguments.map(\.expression))
            return try branch(.call(node), call.start..<previous.range.upperBound, over: call.arguments)
        case .aggregation(let operation, let grouping): return try closed(call, operation, grouping)
        }
    }

    private static func hint(forFunction name: String) -> String? {
        let known = PromQLFunction.all.keys + Expression.Aggregation.Operator.allCases.map(\.rawValue)
        return Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
    }

    // MARK: Aggregations

    /// Returns the current aggregation operator, unless it is the name of a metric.
    private func aggregationOperator() -> Expression.Aggregation.Operator? {
        guard current.kind == .keyword else { return nil }
        switch following.kind {
        case .symbol where following.text == "(": break
        case .keyword where following.text == "by" || following.text == "without": break
        case .symbol, .keyword, .identifier, .metricIdentifier, .number, .duration, .string, .end: return nil
        }
        return Expression.Aggregation.Operator(rawValue: current.text)
    }

    private mutating func closed(
        _ call: OpenCall, _ operation: Expression.Aggregation.Operator, _ before: Expression.Aggregation.Grouping?
    ) throws(Finding) -> Branch {
        // The grouping may precede or follow the arguments.
        var grouping = before
        if grouping == nil { grouping = try self.grouping() }
        let range = call.start..<previous.range.upperBound
        guard let operand = call.arguments.last, call.arguments.count == (operation.takesParameter ? 2 : 1) else {
            let what = operation.takesParameter ? "a parameter and a vector" : "one vector"
            throw Finding(
                .promQLType, range, "'\(operation.rawValue)' takes \(what), not \(call.arguments.count) arguments")
        }
        let aggregation = Expression.Aggregation(
            operation: operation, grouping: grouping,
            parameter: operation.takesParameter ? call.arguments.first?.expression : nil, operand: operand.expression)
        return try branch(.aggregation(aggregation), range, over: call.arguments)
    }

    private mutating func grouping() throws(Finding) -> Expression.Aggregation.Grouping? {
        guard current.kind == .keyword, let kind = Expression.Aggregation.Grouping.Kind(rawValue: current.text) else {
            return nil
        }
        advance()
        return .init(kind: kind, labels: try labelList())
    }
}
