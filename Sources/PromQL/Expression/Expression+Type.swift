extension Expression {
    /// The type of the value, if the parts have valid types.
    package var type: ValueType { folded { expression, types in expression.type(ofParts: types) } }

    func type(ofParts types: [ValueType]) -> ValueType {
        switch node {
        case .number: .scalar
        case .string: .string
        case .vectorSelector, .aggregation: .vector
        case .matrixSelector, .subquery: .matrix
        case .parenthesized, .unary: types.first ?? .vector
        case .binary: types.allSatisfy { $0 == .scalar } ? .scalar : .vector
        case .call(let call): call.function.result
        }
    }
}
