import ContractModel

extension Query {
    /// The query of a text, checked for syntax and types; `nil` and at least one finding where Prometheus would refuse
    /// it.
    package static func parse(_ text: String, findings: inout [Finding]) -> Query? {
        do throws(Finding) {
            var parser = try QueryParser(text)
            let query = try parser.parse()
            var checker = QueryTypeChecker()
            checker.check(query)
            findings += checker.findings
            return checker.findings.isEmpty ? query : nil
        } catch {
            findings.append(error)
            return nil
        }
    }
}

/// A recursive descent over the words of a query. Stops at the first word that does not fit.
struct QueryParser {
    /// A query and how many levels it nests: an operator's chain is a level for each link.
    struct Branch {
        var query: Query
        var depth: Int
    }

    let bytes: [UInt8]
    private let tokens: [QueryToken]
    private var index = 0
    /// The levels above the word that is read.
    private var level = 0

    init(_ text: String) throws(Finding) {
        bytes = Array(text.utf8)
        var lexer = QueryLexer(bytes)
        tokens = try lexer.tokens()
    }

    mutating func parse() throws(Finding) -> Query {
        guard current.kind != .end else { throw Finding(.promQLSyntax, 0..<bytes.count, "the expression is empty") }
        let query = try expression(over: 0).query
        guard current.kind == .end else {
            throw unexpected("an operator or the end of the expression", hint: hintForTrailingWord())
        }
        return query
    }

    // MARK: Operators

    /// An expression whose operators all bind tighter than `precedence`.
    mutating func expression(over precedence: Int) throws(Finding) -> Branch {
        level += 1
        defer { level -= 1 }
        guard level <= Query.maximumNesting else { throw tooDeep(current.range) }
        var left = try operand()
        while let operation = binaryOperator(), operation.precedence > precedence {
            let operatorRange = advance().range
            let returnsBool = take(keyword: "bool")
            let matching = try matching()
            // The power associates to the right: what follows may be another power.
            let right = try expression(over: operation == .power ? operation.precedence - 1 : operation.precedence)
            let binary = Query.Binary(
                operation: operation, returnsBool: returnsBool, matching: matching, left: left.query,
                right: right.query, operatorRange: operatorRange)
            left = try branch(
                .binary(binary), left.query.range.lowerBound..<right.query.range.upperBound, over: [left, right])
        }
        return left
    }

    private func binaryOperator() -> Query.BinaryOperator? {
        guard current.kind == .symbol || current.kind == .keyword else { return nil }
        return Query.BinaryOperator(rawValue: current.text)
    }

    private mutating func operand() throws(Finding) -> Branch {
        guard current.kind == .symbol, let sign = Query.UnaryOperator(rawValue: current.text) else {
            return try suffixed(primary())
        }
        let start = advance().range.lowerBound
        // A sign binds as multiplication does: -a ^ b is -(a ^ b).
        let inner = try expression(over: Query.BinaryOperator.multiply.precedence)
        let range = start..<inner.query.range.upperBound
        if case .number(let number) = inner.query.node {
            return try branch(.number(.init(value: sign == .minus ? -number.value : number.value)), range, over: [])
        }
        return try branch(.unary(sign, inner.query), range, over: [inner])
    }

    private mutating func matching() throws(Finding) -> Query.Matching? {
        guard current.kind == .keyword, let kind = Query.Matching.Kind(rawValue: current.text) else {
            guard current.kind != .keyword || Query.Matching.Many(rawValue: current.text) == nil else {
                throw unexpected("'on' or 'ignoring' before it")
            }
            return nil
        }
        advance()
        var matching = Query.Matching(kind: kind, labels: try labelList())
        if current.kind == .keyword, let many = Query.Matching.Many(rawValue: current.text) {
            advance()
            matching.many = many
            if isAt("(") { matching.included = try labelList() }
        }
        return matching
    }

    /// `(a, b,)`: names of labels, which may be keywords.
    mutating func labelList() throws(Finding) -> [Query.Name] {
        try expect("(", "'(' before the names of labels")
        var labels: [Query.Name] = []
        while !isAt(")") {
            // Prometheus 2.42 takes every keyword for a label here, but one.
            guard current.kind == .identifier || (current.kind == .keyword && current.text != "without") else {
                throw unexpected("the name of a label, or ')'")
            }
            labels.append(name(advance()))
            guard take(symbol: ",") else { break }
        }
        try expect(")", "',' or ')' after the name of a label")
        return labels
    }

    // MARK: What follows an operand

    private mutating func suffixed(_ operand: Branch) throws(Finding) -> Branch {
        var branch = operand
        while true {
            if isAt("[") {
                branch = try windowed(branch)
            } else if isAt("@") {
                advance()
                try setInstant(of: &branch)
            } else if isAt(keyword: "offset") {
                advance()
                try setOffset(of: &branch)
            } else {
                return branch
            }
        }
    }

    /// `operand[5m]` or `operand[5m:30s]`.
    private mutating func windowed(_ operand: Branch) throws(Finding) -> Branch {
        let bracket = advance().range
        let window = try duration("a duration such as 5m")
        if take(symbol: ":") {
            let step = isAt("]") ? nil : try duration("the step's duration, or ']'")
            let end = try expect("]", "']'").range.upperBound
            let subquery = Query.Subquery(query: operand.query, window: window, step: step)
            return try branch(.subquery(subquery), operand.query.range.lowerBound..<end, over: [operand])
        }
        let end = try expect("]", "':' or ']' after the range").range.upperBound
        func refused(_ message: String, hint: String? = nil) -> Finding {
            Finding(.promQLType, bracket.lowerBound..<end, message, hint: hint)
        }
        guard case .selector(var selector) = operand.query.node, selector.window == nil else {
            throw refused(
                "only a metric's selector can be given a range",
                hint: "for the values of an expression over time, write a subquery: [5m:]")
        }
        if selector.time.offset != nil { throw refused("the range must come before 'offset'") }
        if case .timestamp = selector.time.at { throw refused("the range must come before '@'") }
        selector.window = window
        return try branch(.selector(selector), operand.query.range.lowerBound..<end, over: [])
    }

    private mutating func setOffset(of operand: inout Branch) throws(Finding) {
        let isNegative = take(symbol: "-")
        let offset = try duration("a duration such as 5m after 'offset'") * (isNegative ? -1 : 1)
        try setTime(of: &operand, word: "offset") { time in
            guard time.offset == nil else { return false }
            time.offset = offset
            return true
        }
    }

    private mutating func setInstant(of operand: inout Branch) throws(Finding) {
        let instant: Query.Instant
        if isAt(keyword: "start") || isAt(keyword: "end") {
            instant = advance().text == "start" ? .start : .end
            try expect("(", "'('")
            try expect(")", "')'")
        } else {
            let start = current.range.lowerBound
            let isNegative = take(symbol: "-")
            if !isNegative { take(symbol: "+") }
            guard current.kind == .number else { throw unexpected("a timestamp, start() or end() after '@'") }
            let seconds = try number(advance()) * (isNegative ? -1 : 1)
            guard abs(seconds) < 0x1p63 else {
                throw Finding(
                    .promQLSyntax, start..<previous.range.upperBound,
                    "a timestamp is a number of seconds that 64 bits can hold")
            }
            // Past what a number can tell exactly, all times are equally far away.
            let milliseconds = Int64(max(-0x1p53, min(0x1p53, (seconds * 1000).rounded())))
            instant = .timestamp(milliseconds)
        }
        try setTime(of: &operand, word: "@") { time in
            guard time.at == nil else { return false }
            time.at = instant
            return true
        }
    }

    private func setTime(
        of operand: inout Branch, word: String, _ set: (inout Query.TimeModifiers) -> Bool
    ) throws(Finding) {
        let start = operand.query.range.lowerBound
        let range = start..<max(start, previous.range.upperBound)
        var isFirst = true
        switch operand.query.node {
        case .selector(var selector):
            isFirst = set(&selector.time)
            operand.query.node = .selector(selector)
        case .subquery(var subquery):
            isFirst = set(&subquery.time)
            operand.query.node = .subquery(subquery)
        case .number, .string, .parenthesized, .unary, .binary, .aggregation, .call:
            throw Finding(
                .promQLType, range, "'\(word)' can only follow a selector or a subquery",
                hint: "put it behind each selector inside")
        }
        guard isFirst else { throw Finding(.promQLType, range, "'\(word)' is given twice") }
        operand.query.range = range
    }

    mutating func duration(_ expected: String) throws(Finding) -> Int64 {
        guard current.kind == .duration else { throw unexpected(expected) }
        let token = advance()
        guard let duration = QueryLiteral.duration(token.text) else {
            throw Finding(
                .promQLSyntax, token.range, "'\(token.text)' is no duration",
                hint: "write units from large to small, each once: 1h30m; there are y, w, d, h, m, s and ms")
        }
        guard duration > 0 else { throw Finding(.promQLSyntax, token.range, "a duration must be longer than 0") }
        return duration
    }

    func number(_ token: QueryToken) throws(Finding) -> Double {
        guard let number = QueryLiteral.number(token.text) else {
            throw Finding(.promQLSyntax, token.range, "'\(token.text)' is no number that 64 bits can hold")
        }
        return number
    }

    // MARK: Words

    var current: QueryToken { tokens[index] }
    var previous: QueryToken { tokens[max(0, index - 1)] }
    var following: QueryToken { tokens[min(index + 1, tokens.count - 1)] }

    @discardableResult
    mutating func advance() -> QueryToken {
        let token = tokens[index]
        if index + 1 < tokens.count { index += 1 }
        return token
    }

    func isAt(_ symbol: String) -> Bool { current.kind == .symbol && current.text == symbol }
    func isAt(keyword: String) -> Bool { current.kind == .keyword && current.text == keyword }

    @discardableResult
    mutating func take(symbol: String) -> Bool {
        guard isAt(symbol) else { return false }
        advance()
        return true
    }

    private mutating func take(keyword: String) -> Bool {
        guard isAt(keyword: keyword) else { return false }
        advance()
        return true
    }

    @discardableResult
    mutating func expect(_ symbol: String, _ expected: String) throws(Finding) -> QueryToken {
        guard isAt(symbol) else { throw unexpected(expected) }
        return advance()
    }

    func branch(_ node: Query.Node, _ range: Range<Int>, over parts: [Branch]) throws(Finding) -> Branch {
        let depth = 1 + (parts.map(\.depth).max() ?? 0)
        guard depth <= Query.maximumDepth else { throw tooDeep(range) }
        return Branch(query: Query(node: node, range: range), depth: depth)
    }

    /// A name as it is written: a metric may be called `SUM`.
    func name(_ token: QueryToken) -> Query.Name {
        Query.Name(text: String(decoding: bytes[token.range], as: UTF8.self), range: token.range)
    }

    func unexpected(_ expected: String, hint: String? = nil) -> Finding {
        Finding(.promQLSyntax, current.range, "unexpected \(current.described), expected \(expected)", hint: hint)
    }

    private func tooDeep(_ range: Range<Int>) -> Finding {
        Finding(
            .promQLSyntax, range,
            "the expression is nested deeper than \(Query.maximumNesting) levels, or has chains of more than "
                + "\(Query.maximumDepth) operators")
    }

    private func hintForTrailingWord() -> String? {
        if isAt("=") { return "equality of values is written ==" }
        if current.kind == .keyword, ["by", "without"].contains(current.text) {
            return "only an aggregation, such as sum, can be grouped"
        }
        return nil
    }
}
