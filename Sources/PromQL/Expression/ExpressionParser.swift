import ContractModel

/// A parser of the tokens of an expression from left to right, up to the first unexpected one. Open parentheses, calls
/// and operators are on a stack of the parser's own, so that nesting does not use the thread's stack.
struct ExpressionParser {
    /// An expression and its nesting depth.
    struct Branch {
        var expression: Expression
        var depth: Int
    }

    /// A construct that waits for the next operand.
    enum Open {
        case sign(Expression.UnaryOperator, start: Int)
        case binary(OpenBinary)
        case parenthesis(start: Int)
        case call(OpenCall)
    }

    /// A binary expression whose last operator has no right operand yet.
    struct OpenBinary {
        var first: Branch
        /// The index of its first operation among those of all open binary expressions.
        var firstOperation: Int
        var depth: Int
        var binaryOperator: Expression.BinaryOperator
        var returnsBool: Bool
        var matching: Expression.VectorMatching?
        var operatorRange: Range<Int>
    }

    /// A call or an aggregation whose arguments are being parsed.
    struct OpenCall {
        enum Callee {
            case function(PromQLFunction, Expression.Name)
            case aggregation(Expression.Aggregation.Operator, Expression.Aggregation.Grouping?)
        }

        var callee: Callee
        var start: Int
        var arguments: [Branch] = []
    }

    let bytes: [UInt8]
    private let tokens: [ExpressionToken]
    private var index = 0
    private var open: [Open] = []
    /// The complete operations of all open binary expressions.
    private var operations: [Expression.BinaryOperation] = []

    /// The maximum length of an expression, in bytes. The labels of a binary expression are inferred at each operator.
    private static let longestText = 1 << 18

    init(_ text: String) throws(Finding) {
        bytes = Array(text.utf8)
        guard bytes.count <= Self.longestText else {
            throw Finding(
                .promQLSyntax, 0..<bytes.count,
                "the expression has \(bytes.count) bytes, more than \(Self.longestText)",
                hint: "split it into several rules")
        }
        var lexer = ExpressionLexer(bytes)
        tokens = try lexer.tokens()
    }

    mutating func parse() throws(Finding) -> Expression {
        guard current.kind != .end else { throw Finding(.promQLSyntax, 0..<bytes.count, "the expression is empty") }
        while true {
            guard let operand = try operand() else { continue }
            if let expression = try finish(try withModifiers(operand)) { return expression.expression }
        }
    }

    /// Opens a parenthesis, sign or call; or returns a complete operand.
    private mutating func operand() throws(Finding) -> Branch? {
        if current.kind == .symbol, let sign = Expression.UnaryOperator(rawValue: current.text) {
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

    /// Passes an operand to the construct that waits for it. Returns `nil` if that construct needs another operand.
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
                branch = try withModifiers(self.branch(.parenthesized(branch.expression), start..<end, over: [branch]))
            case .call(var call):
                call.arguments.append(branch)
                if take(symbol: ",") {
                    guard !isAt(")") else { throw unexpected("another argument after ','") }
                    try push(.call(call))
                    return nil
                }
                try expect(")", "',' or ')' after an argument")
                branch = try withModifiers(closed(call))
            case .sign, .binary, nil:
                guard current.kind == .end else {
                    throw unexpected("an operator or the end of the expression", hint: hintForTrailingWord())
                }
                return branch
            }
        }
    }

    private mutating func push(_ item: Open) throws(Finding) {
        guard open.count < Expression.maximumDepth else { throw tooDeep(current.range) }
        open.append(item)
    }

    // MARK: Operators

    private func binaryOperator() -> Expression.BinaryOperator? {
        guard current.kind == .symbol || current.kind == .keyword else { return nil }
        return Expression.BinaryOperator(rawValue: current.text)
    }

    /// Opens a binary expression, or continues the current one, whose last operand has been parsed.
    private mutating func push(_ binaryOperator: Expression.BinaryOperator, after left: Branch) throws(Finding) {
        let operatorRange = advance().range
        var binary = OpenBinary(
            first: left, firstOperation: operations.count, depth: left.depth, binaryOperator: binaryOperator,
            returnsBool: take(keyword: "bool"), matching: nil, operatorRange: operatorRange)
        binary.matching = try vectorMatching()
        // Powers associate to the right: each is a binary expression of its own.
        if binaryOperator != .power, case .binary(let last) = open.last,
            last.binaryOperator.precedence == binaryOperator.precedence
        {
            operations.append(operation(of: last, with: left))
            (binary.first, binary.firstOperation) = (last.first, last.firstOperation)
            binary.depth = max(last.depth, left.depth)
            open.removeLast()
        }
        try push(.binary(binary))
    }

    private func operation(of binary: OpenBinary, with operand: Branch) -> Expression.BinaryOperation {
        Expression.BinaryOperation(
            binaryOperator: binary.binaryOperator, returnsBool: binary.returnsBool, matching: binary.matching,
            operand: operand.expression, operatorRange: binary.operatorRange)
    }

    /// Returns the operand with the signs and operators before it that bind more tightly than the operator after it.
    private mutating func reduced(_ operand: Branch, before next: Expression.BinaryOperator?) throws(Finding) -> Branch
    {
        var branch = operand
        let precedence = next?.precedence ?? 0
        while true {
            switch open.last {
            // A sign has the precedence of multiplication: -a ^ b is -(a ^ b).
            case .sign(let sign, let start) where precedence <= Expression.BinaryOperator.multiply.precedence:
                open.removeLast()
                branch = try signed(branch, sign, from: start)
            case .binary(let binary) where binary.binaryOperator.precedence > precedence:
                open.removeLast()
                operations.append(operation(of: binary, with: branch))
                let own = Array(operations[binary.firstOperation...])
                let node = Expression.Node.binary(.init(first: binary.first.expression, operations: own))
                operations.removeSubrange(binary.firstOperation...)
                let range = binary.first.expression.range.lowerBound..<branch.expression.range.upperBound
                branch = try self.branch(node, range, depth: max(binary.depth, branch.depth))
            case .sign, .binary, .parenthesis, .call, nil: return branch
            }
        }
    }

    private func signed(
        _ operand: Branch, _ sign: Expression.UnaryOperator, from start: Int
    ) throws(Finding) -> Branch {
        let range = start..<operand.expression.range.upperBound
        guard case .number(let number) = operand.expression.node else {
            return try branch(.unary(sign, operand.expression), range, over: [operand])
        }
        return try branch(.number(.init(value: sign == .minus ? -number.value : number.value)), range, over: [])
    }

    private mutating func vectorMatching() throws(Finding) -> Expression.VectorMatching? {
        guard current.kind == .keyword, let kind = Expression.VectorMatching.Kind(rawValue: current.text) else {
            guard current.kind != .keyword || Expression.VectorMatching.ManySide(rawValue: current.text) == nil else {
                throw unexpected("'on' or 'ignoring' before it")
            }
            return nil
        }
        advance()
        var matching = Expression.VectorMatching(kind: kind, labels: try labelList())
        if current.kind == .keyword, let side = Expression.VectorMatching.ManySide(rawValue: current.text) {
            advance()
            matching.manySide = side
            if isAt("(") { matching.included = try labelList() }
        }
        return matching
    }

    /// Parses `(a, b,)`: names of labels, which may be keywords.
    mutating func labelList() throws(Finding) -> [Expression.Name] {
        try expect("(", "'(' before the names of labels")
        var labels: [Expression.Name] = []
        while !isAt(")") {
            // Prometheus 2.42 accepts every keyword but one as a label here.
            guard current.kind == .identifier || (current.kind == .keyword && current.text != "without") else {
                throw unexpected("the name of a label, or ')'")
            }
            labels.append(name(advance()))
            guard take(symbol: ",") else { break }
        }
        try expect(")", "',' or ')' after the name of a label")
        return labels
    }

    // MARK: Tokens

    var current: ExpressionToken { tokens[index] }
    var previous: ExpressionToken { tokens[max(0, index - 1)] }
    var following: ExpressionToken { tokens[min(index + 1, tokens.count - 1)] }

    @discardableResult
    mutating func advance() -> ExpressionToken {
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
    mutating func expect(_ symbol: String, _ expected: String) throws(Finding) -> ExpressionToken {
        guard isAt(symbol) else { throw unexpected(expected) }
        return advance()
    }

    func branch(_ node: Expression.Node, _ range: Range<Int>, over parts: [Branch]) throws(Finding) -> Branch {
        try branch(node, range, depth: parts.map(\.depth).max() ?? 0)
    }

    /// Creates an expression from parts that are nested `depth` levels deep.
    private func branch(_ node: Expression.Node, _ range: Range<Int>, depth: Int) throws(Finding) -> Branch {
        guard depth < Expression.maximumDepth else { throw tooDeep(range) }
        return Branch(expression: Expression(node: node, range: range), depth: depth + 1)
    }

    /// Returns the name as written: a metric may be named `SUM`.
    func name(_ token: ExpressionToken) -> Expression.Name {
        Expression.Name(text: String(decoding: bytes[token.range], as: UTF8.self), range: token.range)
    }

    func unexpected(_ expected: String, hint: String? = nil) -> Finding {
        let found =
            current.kind == .end ? "the expression ends too early" : "unexpected '\(current.text)'"
        return Finding(.promQLSyntax, current.range, "\(found), expected \(expected)", hint: hint)
    }

    private func tooDeep(_ range: Range<Int>) -> Finding {
        Finding(
            .promQLSyntax, range,
            "the expression is nested deeper than \(Expression.maximumDepth) levels")
    }

    private func hintForTrailingWord() -> String? {
        if isAt("=") { return "write == to compare values" }
        if current.kind == .keyword, ["by", "without"].contains(current.text) {
            return "only an aggregation, such as sum, can be grouped"
        }
        return nil
    }
}
