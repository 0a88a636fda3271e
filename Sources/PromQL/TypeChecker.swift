/// Finds out what type each part of an expression has, and where it has a wrong one.
package struct TypeChecker {
    private var errors: [PromQLError] = []

    /// Every type error, by place.
    package static func check(_ expression: Expression) -> (type: ValueType, errors: [PromQLError]) {
        var checker = TypeChecker()
        let type = checker.type(of: expression)
        return (type, checker.errors.sorted { $0.range.lowerBound < $1.range.lowerBound })
    }

    private mutating func fail(_ message: String, hint: String? = nil, at range: Range<Int>) {
        errors.append(PromQLError(.type, message, hint: hint, at: range))
    }

    private mutating func type(of expression: Expression) -> ValueType {
        switch expression.kind {
        case .number: return .scalar
        case .string: return .string
        case .selector: return .vector
        case .range: return .matrix
        case .parentheses(let inner): return type(of: inner)
        case .shifted(let inner, offset: _, at: _): return type(of: inner)
        case .subquery(let inner, length: _, step: _):
            expect(.vector, inner, "a subquery")
            return .matrix
        case .signed(let inner):
            let type = type(of: inner)
            if type != .scalar, type != .vector {
                fail("a sign stands before a scalar or an instant vector, found \(type.shown)", at: inner.range)
            }
            return type
        case .call(let name, let arguments): return call(name, arguments, at: expression.range)
        case .aggregation(let aggregation):
            if let parameter = aggregation.parameter, let type = Functions.parametrized[aggregation.name] {
                expect(type, parameter, "the parameter of '\(aggregation.name)'")
            }
            expect(.vector, aggregation.operand, "'\(aggregation.name)'")
            return .vector
        case .binary(let binary): return self.binary(binary, at: expression.range)
        }
    }

    private mutating func expect(_ type: ValueType, _ expression: Expression, _ what: String) {
        let found = self.type(of: expression)
        guard found != type else { return }
        var hint: String?
        if type == .matrix, case .selector = expression.core.kind { hint = "add a range, such as [5m]" }
        fail("\(what) takes \(type.shown), found \(found.shown)", hint: hint, at: expression.range)
    }

    private mutating func call(_ name: String, _ arguments: [Expression], at range: Range<Int>) -> ValueType {
        guard let function = Functions.all[name] else { return .vector }
        let count = function.parameters.count
        let least = count - (function.optional ?? 1)
        let most = function.optional == nil ? Int.max : count
        if arguments.count < least || arguments.count > most {
            let expected = least == most ? "\(least)" : most == .max ? "at least \(least)" : "\(least) to \(most)"
            fail("'\(name)' takes \(expected) arguments, found \(arguments.count)", at: range)
        }
        for (index, argument) in arguments.enumerated() {
            guard let type = index < count ? function.parameters[index] : function.parameters.last else { break }
            expect(type, argument, "'\(name)'")
        }
        return function.result
    }

    private mutating func binary(_ binary: Binary, at range: Range<Int>) -> ValueType {
        let left = type(of: binary.left)
        let right = type(of: binary.right)
        var isSound = true
        for (type, operand) in [(left, binary.left), (right, binary.right)] where type != .scalar && type != .vector {
            fail(
                "'\(binary.operation.rawValue)' takes scalars and instant vectors, found \(type.shown)",
                at: operand.range)
            isSound = false
        }
        guard isSound else { return .vector }
        let areVectors = left == .vector && right == .vector
        if binary.operation.isComparison, !binary.returnsBool, left == .scalar, right == .scalar {
            fail(
                "a comparison of two scalars needs 'bool'", hint: "write '\(binary.operation.rawValue) bool'", at: range
            )
        }
        if binary.operation.isSet, !areVectors {
            fail("'\(binary.operation.rawValue)' takes instant vectors on both sides", at: range)
        }
        if binary.matching != nil, !areVectors, !binary.operation.isSet {
            fail("'on' and 'ignoring' need instant vectors on both sides", at: range)
        }
        return left == .scalar && right == .scalar ? .scalar : .vector
    }
}
