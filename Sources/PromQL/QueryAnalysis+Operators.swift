import ContractModel

/// What binary operators make of their two sides.
extension QueryAnalysis {
    /// One operator between what is known of its sides.
    struct Operation {
        var link: Query.Link
        var left: Shape
        /// All of the chain before the operator, and the query that it is where that is no chain.
        var leftRange: Range<Int>
        var leftQuery: Query?
        var right: Shape

        var operation: Query.BinaryOperator { link.operation }
        var matching: Query.Matching? { link.matching }
    }

    /// What is to the left of an operator is all of the chain before it.
    mutating func shape(of chain: Query.Chain, _ parts: [Shape], from start: Int) -> Shape {
        guard var left = parts.first else { return Shape() }
        var (leftRange, leftQuery) = (chain.first.range, Optional(chain.first))
        for (link, right) in zip(chain.links, parts.dropFirst()) {
            left = shape(
                of: Operation(link: link, left: left, leftRange: leftRange, leftQuery: leftQuery, right: right))
            (leftRange, leftQuery) = (start..<link.operand.range.upperBound, nil)
        }
        return left
    }

    private mutating func shape(of binary: Operation) -> Shape {
        checkThreshold(binary)
        var result: Shape
        switch (binary.left.type == .scalar, binary.right.type == .scalar) {
        case (true, true): result = Shape(type: .scalar, role: role(of: binary))
        case (false, true), (true, false):
            result = binary.right.type == .scalar ? binary.left : binary.right
            if binary.operation.isComparison {
                result.isComplete = result.isComplete && binary.link.returnsBool
            } else {
                result.role = role(of: binary)
            }
        case (false, false): result = matched(binary)
        }
        if binary.link.returnsBool { result.role = .other }
        if binary.link.returnsBool || !(binary.operation.isComparison || binary.operation.isSetOperator) {
            result.labels.remove(LabelSet.metricName)
        }
        return result
    }

    func role(of binary: Operation) -> Shape.Role {
        switch binary.operation {
        case .or: return binary.left.role.united(with: binary.right.role)
        case .and, .unless, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return binary.left.role
        case .add, .subtract, .multiply, .divide, .modulo, .atan2, .power:
            return binary.left.role.combined(with: binary.right.role, by: binary.operation)
        }
    }

    // MARK: Thresholds

    /// A total that is compared with a level says how long a process has run, not how it is.
    private mutating func checkThreshold(_ binary: Operation) {
        guard binary.operation.isComparison else { return }
        let (left, right) = (binary.left, binary.right)
        if left.role.isOfWholeLife, Self.isLevel(right) {
            reportTotal(left, binary.leftQuery, at: binary.leftRange, binary, threshold: right)
        } else if right.role.isOfWholeLife, Self.isLevel(left) {
            let operand = binary.link.operand
            reportTotal(right, operand, at: operand.range, binary, threshold: left)
        }
    }

    private static func isLevel(_ shape: Shape) -> Bool {
        switch shape.role {
        case .constant, .gauge: true
        case .other: shape.type == .scalar
        case .counter, .rate, .ratioOfTotals, .buckets, .bucketRates, .mixedBuckets, .unknown: false
        }
    }

    private mutating func reportTotal(
        _ total: Shape, _ query: Query?, at range: Range<Int>, _ binary: Operation, threshold: Shape
    ) {
        // Whether something has ever happened is a question that a total answers.
        if binary.operation == .equal, threshold.constant == 0 { return }
        let window = PrometheusDuration.text(ofMilliseconds: suggestedWindow)
        if total.role == .ratioOfTotals {
            report(
                .rawCounter, range,
                "this is a ratio of counters since their processes started, which hardly tells what happens now",
                hint: "divide their growth: rate(…[\(window)]) / rate(…[\(window)])")
            return
        }
        let subject = total.metric.map { "'\($0)' is a counter" } ?? "this is a counter"
        var hint = "compare its growth: rate(…[\(window)]) or increase(…[\(window)])"
        if var query, case .selector(var selector) = query.node {
            selector.window = suggestedWindow
            query.node = .selector(selector)
            hint = "compare its growth: increase(\(query))"
        }
        report(
            .rawCounter, range, "\(subject), which grows until its process starts anew, and is compared as it is",
            hint: hint)
    }
}
