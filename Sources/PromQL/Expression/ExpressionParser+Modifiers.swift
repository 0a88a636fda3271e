import ContractModel

/// The modifiers after an operand: a range, `offset` and `@`.
extension ExpressionParser {
    mutating func withModifiers(_ operand: Branch) throws(Finding) -> Branch {
        var branch = operand
        while true {
            if isAt("[") {
                branch = try withRange(branch)
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

    /// Parses the range of `operand[5m]` or `operand[5m:30s]`.
    private mutating func withRange(_ operand: Branch) throws(Finding) -> Branch {
        let bracket = advance().range
        let range = try duration("a duration such as 5m")
        if take(symbol: ":") {
            let step = isAt("]") ? nil : try duration("the step's duration, or ']'")
            let end = try expect("]", "']'").range.upperBound
            let subquery = Expression.Subquery(expression: operand.expression, range: range, step: step)
            return try branch(.subquery(subquery), operand.expression.range.lowerBound..<end, over: [operand])
        }
        let end = try expect("]", "':' or ']' after the range").range.upperBound
        func error(_ message: String, hint: String? = nil) -> Finding {
            Finding(.promQLType, bracket.lowerBound..<end, message, hint: hint)
        }
        guard case .vectorSelector(let selector) = operand.expression.node else {
            throw error(
                "only a vector selector can have a range",
                hint: "write a subquery for the values of an expression over time: [5m:]")
        }
        if selector.time.offset != nil { throw error("the range must come before 'offset'") }
        if case .timestamp = selector.time.at { throw error("the range must come before '@'") }
        let matrix = Expression.MatrixSelector(vectorSelector: selector, range: range)
        return try branch(.matrixSelector(matrix), operand.expression.range.lowerBound..<end, over: [])
    }

    private mutating func setOffset(of operand: inout Branch) throws(Finding) {
        let isNegative = take(symbol: "-")
        let offset = try duration("a duration such as 5m after 'offset'")
        try setTime(of: &operand, word: "offset") { time in
            guard time.offset == nil else { return false }
            time.offset = isNegative ? .zero - offset : offset
            return true
        }
    }

    private mutating func setInstant(of operand: inout Branch) throws(Finding) {
        let instant: Expression.Instant
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
                    "the timestamp is out of range: its seconds must fit 64 bits")
            }
            // A Double is exact up to 2^53.
            let milliseconds = Int64(max(-0x1p53, min(0x1p53, (seconds * 1000).rounded())))
            instant = .timestamp(.milliseconds(milliseconds))
        }
        try setTime(of: &operand, word: "@") { time in
            guard time.at == nil else { return false }
            time.at = instant
            return true
        }
    }

    private func setTime(
        of operand: inout Branch, word: String, _ set: (inout Expression.TimeModifiers) -> Bool
    ) throws(Finding) {
        let start = operand.expression.range.lowerBound
        let range = start..<max(start, previous.range.upperBound)
        var isFirst = true
        switch operand.expression.node {
        case .vectorSelector(var selector):
            isFirst = set(&selector.time)
            operand.expression.node = .vectorSelector(selector)
        case .matrixSelector(var matrix):
            isFirst = set(&matrix.vectorSelector.time)
            operand.expression.node = .matrixSelector(matrix)
        case .subquery(var subquery):
            isFirst = set(&subquery.time)
            operand.expression.node = .subquery(subquery)
        case .number, .string, .parenthesized, .unary, .binary, .aggregation, .call:
            throw Finding(
                .promQLType, range, "'\(word)' can only follow a selector or a subquery",
                hint: "add it to each selector inside")
        }
        guard isFirst else { throw Finding(.promQLType, range, "duplicate '\(word)'") }
        operand.expression.range = range
    }

    mutating func duration(_ expected: String) throws(Finding) -> Duration {
        guard current.kind == .duration else { throw unexpected(expected) }
        let token = advance()
        guard let duration = PrometheusDuration.duration(token.text) else {
            throw Finding(
                .promQLSyntax, token.range, "invalid duration '\(token.text)'",
                hint: "write units from large to small, each at most once: 1h30m; the units are y, w, d, h, m, s and ms"
            )
        }
        guard duration > .zero else { throw Finding(.promQLSyntax, token.range, "a duration must be longer than 0") }
        return duration
    }

    func number(_ token: ExpressionToken) throws(Finding) -> Double {
        guard let number = PromQLLiteral.number(token.text) else {
            throw Finding(.promQLSyntax, token.range, "invalid number '\(token.text)': it must fit 64 bits")
        }
        return number
    }
}
