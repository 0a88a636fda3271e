extension Expression {
    /// All selectors of the expression, in the order of the text.
    package var selectors: [VectorSelector] {
        folded { (expression, parts: [[VectorSelector]]) in
            switch expression.node {
            case .vectorSelector(let selector): [selector]
            case .matrixSelector(let selector): [selector.vectorSelector]
            case .number, .string, .subquery, .parenthesized, .unary, .binary, .aggregation, .call:
                parts.flatMap(\.self)
            }
        }
    }
}
