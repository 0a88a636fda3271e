#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// That of C, which the case of an operator hides.
private func arcTangent(_ y: Double, _ x: Double) -> Double { atan2(y, x) }

/// What is known of a value before any query is run.
extension Query {
    /// The value of a scalar that is written out, such as `0.95`, `14.4 * 0.001` or `pi() / 4`, or of a vector of one.
    func constant(ofParts values: [Double?]) -> Double? {
        switch node {
        case .number(let number): return number.value
        case .parenthesized: return values.first ?? nil
        case .unary(let sign, _): return (values.first ?? nil).map { sign == .minus ? -$0 : $0 }
        case .chain(let chain):
            guard var left = values.first ?? nil else { return nil }
            for (link, right) in zip(chain.links, values.dropFirst()) {
                guard let right, let value = link.operation.value(left, right, isBool: link.returnsBool) else {
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
        case .string, .selector, .subquery, .aggregation: return nil
        }
    }
}

extension Query.BinaryOperator {
    /// What the operator makes of two numbers; `nil` where it drops or keeps series.
    fileprivate func value(_ left: Double, _ right: Double, isBool: Bool) -> Double? {
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
