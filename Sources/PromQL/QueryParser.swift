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

/// Reads the words of a query from left to right, and stops at the first that does not fit. What is still open, such as
/// parentheses and operators that wait for their right side, is on a stack of its own: depth costs nothing of the
/// thread's.
struct QueryParser {
    /// A query and how deep it is nested.
    struct Branch {
        var query: Query
        var depth: Int
    }

    /// What waits for the operand that is read next.
    enum Open {
        case sign(Query.UnaryOperator, start: Int)
        case chain(OpenChain)
        case parenthesis(start: Int)
        case call(OpenCall)
    }

    /// A chain whose last operator has no right side yet.
    struct OpenChain {
        var first: Branch
        /// Where its links begin among those of all open chains.
        var firstLink: Int
        var depth: Int
        var operation: Query.BinaryOperator
        var returnsBool: Bool
        var matching: Query.Matching?
        var operatorRange: Range<Int>
    }

    /// A call, or an aggregation, whose arguments are read.
    struct OpenCall {
        enum Callee {
            case function(QueryFunction, Query.Name)
            case aggregation(Query.Aggregation.Operator, Query.Aggregation.Grouping?)
        }

        var callee: Callee
        var start: Int
        var arguments: [Branch] = []
    }

    let bytes: [UInt8]
    private let tokens: [QueryToken]
    private var index = 0
    private var open: [Open] = []
    /// The finished links of all open chains.
    private var links: [Query.Link] = []

    /// The longest expression, in bytes. The labels of a chain are worked out anew at each operator.
    private static let longestText = 1 << 18

    init(_ text: String) throws(Finding) {
        bytes = Array(text.utf8)
        guard bytes.count <= Self.longestText else {
            throw Finding(
                .promQLSyntax, 0..<bytes.count,
                "the expression has \(bytes.count) bytes, more than \(Self.longestText)",
                hint: "split it into several rules")
        }
        var lexer = QueryLexer(bytes)
        tokens = try lexer.tokens()
    }

    mutating func parse() throws(Finding) -> Query {
        guard current.kind != .end else { throw Finding(.promQLSyntax, 0..<bytes.count, "the expression is empty") }
        while true {
            guard let operand = try operand() else { continue }
            if let query = try finish(try suffixed(operand)) { return query.query }
        }
    }

    /// Opens what a word opens, or gives the operand that it is.
    private mutating func operand() throws(Finding) -> Branch? {
        if current.kind == .symbol, let sign = Query.UnaryOperator(rawValue: current.text) {
            try push(.sign(sign, start: advance().range.lowerBound))
            return nil
        }
        if isAt("(") {
            try push(.parenthesis(start: advance().range.lowerBound))
            return nil
        }
        guard let call = try openCall() else { return try leaf() }
        if take(symbol: ")") { return try closed(call) }
        try push(.call(call))
        return nil
    }

    /// Gives an operand to what waits for it; `nil` where another operand is needed then.
    private mutating func finish(_ operand: Branch) throws(Finding) -> Branch? {
        var branch = operand
        while true {
            if let operation = binaryOperator() {
                branch = try reduced(branch, before: operation)
                try push(operation, after: branch)
                return nil
            }
            branch = try reduced(branch, before: nil)
            switch open.popLast() {
            case .parenthesis(let start):
                let end = try expect(")", "an operator or ')'").range.upperBound
                branch = try suffixed(self.branch(.parenthesized(branch.query), start..<end, over: [branch]))
            case .call(var call):
                call.arguments.append(branch)
                if take(symbol: ",") {
                    guard !isAt(")") else { throw unexpected("another argument after ','") }
                    try push(.call(call))
                    return nil
                }
                try expect(")", "',' or ')' after an argument")
                branch = try suffixed(closed(call))
            case .sign, .chain, nil:
                guard current.kind == .end else {
                    throw unexpected("an operator or the end of the expression", hint: hintForTrailingWord())
                }
                return branch
            }
        }
    }

    private mutating func push(_ item: Open) throws(Finding) {
        guard open.count < Query.maximumDepth else { throw tooDeep(current.range) }
        open.append(item)
    }

    // MARK: Operators

    private func binaryOperator() -> Query.BinaryOperator? {
        guard current.kind == .symbol || current.kind == .keyword else { return nil }
        return Query.BinaryOperator(rawValue: current.text)
    }

    /// Opens a chain with an operator, or goes on with the one at hand, whose last operand has been read.
    private mutating func push(_ operation: Query.BinaryOperator, after left: Branch) throws(Finding) {
        let operatorRange = advance().range
        var chain = OpenChain(
            first: left, firstLink: links.count, depth: left.depth, operation: operation,
            returnsBool: take(keyword: "bool"), matching: nil, operatorRange: operatorRange)
        chain.matching = try matching()
        // The power associates to the right: each is a chain of its own.
        if operation != .power, case .chain(let last) = open.last, last.operation.precedence == operation.precedence {
            links.append(link(of: last, to: left))
            (chain.first, chain.firstLink) = (last.first, last.firstLink)
            chain.depth = max(last.depth, left.depth)
            open.removeLast()
        }
        try push(.chain(chain))
    }

    private func link(of chain: OpenChain, to operand: Branch) -> Query.Link {
        Query.Link(
            operation: chain.operation, returnsBool: chain.returnsBool, matching: chain.matching,
            operand: operand.query, operatorRange: chain.operatorRange)
    }

    /// The operand with the signs and operators before it that bind tighter than the operator behind it.
    private mutating func reduced(_ operand: Branch, before next: Query.BinaryOperator?) throws(Finding) -> Branch {
        var branch = operand
        let precedence = next?.precedence ?? 0
        while true {
            switch open.last {
            // A sign binds as multiplication does: -a ^ b is -(a ^ b).
            case .sign(let sign, let start) where precedence <= Query.BinaryOperator.multiply.precedence:
                open.removeLast()
                branch = try signed(branch, sign, from: start)
            case .chain(let chain) where chain.operation.precedence > precedence:
                open.removeLast()
                links.append(link(of: chain, to: branch))
                let node = Query.Node.chain(.init(first: chain.first.query, links: Array(links[chain.firstLink...])))
                links.removeSubrange(chain.firstLink...)
                let range = chain.first.query.range.lowerBound..<branch.query.range.upperBound
                branch = try self.branch(node, range, depth: max(chain.depth, branch.depth))
            case .sign, .chain, .parenthesis, .call, nil: return branch
            }
        }
    }

    private func signed(
        _ operand: Branch, _ sign: Query.UnaryOperator, from start: Int
    ) throws(Finding) -> Branch {
        let range = start..<operand.query.range.upperBound
        guard case .number(let number) = operand.query.node else {
            return try branch(.unary(sign, operand.query), range, over: [operand])
        }
        return try branch(.number(.init(value: sign == .minus ? -number.value : number.value)), range, over: [])
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
        try branch(node, range, depth: parts.map(\.depth).max() ?? 0)
    }

    /// A query over parts that are `depth` levels deep.
    private func branch(_ node: Query.Node, _ range: Range<Int>, depth: Int) throws(Finding) -> Branch {
        guard depth < Query.maximumDepth else { throw tooDeep(range) }
        return Branch(query: Query(node: node, range: range), depth: depth + 1)
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
            "the expression is nested deeper than \(Query.maximumDepth) levels")
    }

    private func hintForTrailingWord() -> String? {
        if isAt("=") { return "equality of values is written ==" }
        if current.kind == .keyword, ["by", "without"].contains(current.text) {
            return "only an aggregation, such as sum, can be grouped"
        }
        return nil
    }
}
