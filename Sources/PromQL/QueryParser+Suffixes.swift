import ContractModel

/// What follows an operand: a range, `offset` and `@`.
extension QueryParser {
    mutating func suffixed(_ operand: Branch) throws(Finding) -> Branch {
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
        case .number, .string, .parenthesized, .unary, .chain, .aggregation, .call:
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
        guard let duration = PrometheusDuration.milliseconds(token.text) else {
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
}
