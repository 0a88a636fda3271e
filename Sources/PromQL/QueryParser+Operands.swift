import ContractModel

/// The operands: literals, selectors, calls, aggregations.
extension QueryParser {
    /// Words that cannot be the name of a metric, since an operator may be followed by them.
    private static let reserved: Set<String> = ["atan2", "bool", "group_left", "group_right", "ignoring", "on"]

    /// A literal or a selector.
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

    func string(_ token: QueryToken) throws(Finding) -> String {
        guard let string = QueryLiteral.string(token.text) else {
            throw Finding(
                .promQLSyntax, token.range, "a string has an escape sequence that is none of Go's",
                hint: "double the backslash, or quote the string with backticks")
        }
        return string
    }

    // MARK: Selectors

    private mutating func selector() throws(Finding) -> Branch {
        let start = current.range.lowerBound
        var selector = Query.Selector(name: nil, matchers: [])
        if current.kind != .symbol { selector.name = name(advance()) }
        if take(symbol: "{") {
            while !isAt("}") {
                selector.matchers.append(try matcher())
                guard take(symbol: ",") else { break }
            }
            try expect("}", "',' or '}' after a matcher")
        }
        return try branch(.selector(selector), start..<previous.range.upperBound, over: [])
    }

    private mutating func matcher() throws(Finding) -> Query.Matcher {
        guard current.kind == .identifier else { throw unexpected("the name of a label, or '}'") }
        let label = name(advance())
        guard current.kind == .symbol, let operation = Query.Matcher.Operator(rawValue: current.text) else {
            throw unexpected("one of =, !=, =~ and !~ after the name of a label")
        }
        advance()
        guard current.kind == .string else { throw unexpected("a string for the label '\(label.text)'") }
        let token = advance()
        let value = try string(token)
        if operation == .matches || operation == .doesNotMatch {
            let isUTF8 = QueryLiteral.bytes(of: token.text) == Array(value.utf8)
            if let problem = isUTF8 ? LabelPattern.problem(in: value) : "it holds bytes that are not UTF-8" {
                throw Finding(.promQLSyntax, token.range, "'\(value)' is no regular expression: \(problem)")
            }
        }
        return Query.Matcher(label: label, operation: operation, value: .init(text: value, range: token.range))
    }

    // MARK: Calls

    /// The call or aggregation that begins here, up to and with its `(`.
    mutating func openCall() throws(Finding) -> OpenCall? {
        let start = current.range.lowerBound
        if current.kind == .identifier, following.kind == .symbol, following.text == "(" {
            let name = name(advance())
            guard let function = QueryFunction.all[name.text] else {
                throw Finding(
                    .promQLSyntax, name.range, "there is no function '\(name.text)'",
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

    /// The call whose `)` has been read.
    mutating func closed(_ call: OpenCall) throws(Finding) -> Branch {
        switch call.callee {
        case .function(let function, let name):
            let node = Query.Call(function: function, name: name, arguments: call.arguments.map(\.query))
            return try branch(.call(node), call.start..<previous.range.upperBound, over: call.arguments)
        case .aggregation(let operation, let grouping): return try closed(call, operation, grouping)
        }
    }

    private static func hint(forFunction name: String) -> String? {
        let known = QueryFunction.all.keys + Query.Aggregation.Operator.allCases.map(\.rawValue)
        return Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
    }

    // MARK: Aggregations

    /// The operator at hand, where the word is not a metric of that name.
    private func aggregationOperator() -> Query.Aggregation.Operator? {
        guard current.kind == .keyword else { return nil }
        switch following.kind {
        case .symbol where following.text == "(": break
        case .keyword where following.text == "by" || following.text == "without": break
        case .symbol, .keyword, .identifier, .metricIdentifier, .number, .duration, .string, .end: return nil
        }
        return Query.Aggregation.Operator(rawValue: current.text)
    }

    private mutating func closed(
        _ call: OpenCall, _ operation: Query.Aggregation.Operator, _ before: Query.Aggregation.Grouping?
    ) throws(Finding) -> Branch {
        // The grouping may stand behind the arguments as well as before them.
        var grouping = before
        if grouping == nil { grouping = try self.grouping() }
        let range = call.start..<previous.range.upperBound
        guard let operand = call.arguments.last, call.arguments.count == (operation.takesParameter ? 2 : 1) else {
            let what = operation.takesParameter ? "a parameter and a vector" : "one vector"
            throw Finding(
                .promQLType, range, "'\(operation.rawValue)' takes \(what), not \(call.arguments.count) arguments")
        }
        let aggregation = Query.Aggregation(
            operation: operation, grouping: grouping,
            parameter: operation.takesParameter ? call.arguments.first?.query : nil, operand: operand.query)
        return try branch(.aggregation(aggregation), range, over: call.arguments)
    }

    private mutating func grouping() throws(Finding) -> Query.Aggregation.Grouping? {
        guard current.kind == .keyword, let kind = Query.Aggregation.Grouping.Kind(rawValue: current.text) else {
            return nil
        }
        advance()
        return .init(kind: kind, labels: try labelList())
    }
}
