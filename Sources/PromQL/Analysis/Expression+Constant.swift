#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Returns the function of C, which a case of `BinaryOperator` hides.
private func arcTangent(_ y: Double, _ x: Double) -> Double { atan2(y, x) }

/// Constant folding.
extension Expression {
    /// Returns the value of a constant scalar, such as `0.95`, `14.4 * 0.001` or `pi() / 4`, or of a vector of one.
    func constant(ofParts values: [Double?]) -> Double? {
        switch node {
        case .number(let number): return number.value
        case .parenthesized: return values.first ?? nil
        case .unary(let sign, _): return (values.first ?? nil).map { sign == .minus ? -$0 : $0 }
        case .binary(let binary):
            guard var left = values.first ?? nil else { return nil }
            for (operation, right) in zip(binary.operations, values.dropFirst()) {
                guard let right, let value = operation.binaryOperator.value(left, right, isBool: operation.returnsBool)
                else {
                    return nil
                }
                left = value
            }
            return left
        case .call(let call):
            switch call.function.name {
            case "pi": return .pi
            case "scalar", "vector": return values.first ?? nil
            default: return nil
            }
        case .string, .vectorSelector, .matrixSelector, .subquery, .aggregation: return nil
        }
    }
}

extension Expression.BinaryOperator {
    /// Returns the result for two numbers; `nil` for operators that filter series.
    func value(_ left: Double, _ right: Double, isBool: Bool) -> Double? {
        func bool(_ isTrue: Bool) -> Double? { isBool ? (isTrue ? 1 : 0) : nil }
        switch self {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide: return left / right
        case .modulo: return left.truncatingRemainder(dividingBy: right)
        case .power: return pow(left, right)
        case .atan2: return arcTangent(left, right)
        case .equal: return bool(left == right)
        case .notEqual: return bool(left != right)
        case .less: return bool(left < right)
        case .lessOrEqual: return bool(left <= right)
        case .greater: return bool(left > right)
        case .greaterOrEqual: return bool(left >= right)
        case .or, .and, .unless: return nil
        }
    }
}
