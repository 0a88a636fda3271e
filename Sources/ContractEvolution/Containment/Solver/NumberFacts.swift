import JSONSchema
import JSONTape
import SchemaPlan

/// The conditions of a number.
struct NumberFacts {
    private(set) var minimum: Assertion.Bound?
    private(set) var maximum: Assertion.Bound?
    var divisors: [JSONNumber] = []
    /// Numbers of which the value is not a multiple.
    var nonDivisors: [JSONNumber] = []

    /// The most candidates that are tried.
    private static let mostCandidates = 4_000

    mutating func add(_ bound: Assertion.Bound) {
        func isNarrower(_ other: Assertion.Bound?, _ isBefore: (JSONNumber, JSONNumber) -> Bool) -> Bool {
            guard let other else { return true }
            return isBefore(other.value, bound.value) || other.value == bound.value && bound.isExclusive
        }
        switch bound.side {
        case .minimum: if isNarrower(minimum, <) { minimum = bound }
        case .maximum: if isNarrower(maximum, { $1 < $0 }) { maximum = bound }
        }
    }

    /// Finds a number, preferably a whole one near zero.
    func solve(excluding excluded: [JSONValue]) -> Outcome {
        if let minimum, let maximum, maximum.value < minimum.value { return .empty }
        let stated = [minimum?.value, maximum?.value].compactMap(\.self) + divisors + nonDivisors
        let parts = stated.compactMap(ScaledNumber.init)
        let places = max(0, parts.map(\.places).max() ?? 0) + (divisors.isEmpty ? 3 : 0)
        guard parts.count == stated.count, let search = Search(self, places: places, excluding: excluded) else {
            return .undecided("the limits of a number need more digits than are compared")
        }
        return search.run(most: Self.mostCandidates)
    }
}

/// A number as a whole number of the smallest decimal unit.
private struct ScaledNumber {
    let digits: Int128
    /// The number of decimal places.
    let places: Int

    private static let mostDigits = 28

    init?(_ number: JSONNumber) {
        var digits: Int128 = 0
        var places = 0
        var (hasPoint, isNegative) = (false, false)
        let text = number.description.lowercased()
        let parts = text.split(separator: "e")
        guard let mantissa = parts.first, mantissa.utf8.count <= Self.mostDigits else { return nil }
        for byte in mantissa.utf8 {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): hasPoint = true
            default:
                digits = digits * 10 + Int128(byte - UInt8(ascii: "0"))
                if hasPoint { places += 1 }
            }
        }
        var exponent = 0
        if parts.count > 1 {
            guard let value = Int(parts[1].drop { $0 == "+" }), abs(value) <= Self.mostDigits else { return nil }
            exponent = value
        }
        places -= exponent
        while places > 0, digits % 10 == 0, digits != 0 {
            digits /= 10
            places -= 1
        }
        if digits == 0 { places = 0 }
        self.digits = isNegative ? -digits : digits
        self.places = places
        guard scaled(to: max(0, places)) != nil else { return nil }
    }

    /// Returns the number in units of a number of decimal places, which is at least its own.
    func scaled(to places: Int) -> Int128? {
        var value = digits
        for _ in 0..<max(0, places - self.places) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, product.magnitude < 1 << 100 else { return nil }
            value = product
        }
        return value
    }
}

extension NumberFacts {
    /// The search in units of one decimal place.
    private struct Search {
        let places: Int
        /// The least distance of two candidates.
        var step: Int128 = 1
        /// The limits, as multiples of the step.
        var lower: Int128?
        var upper: Int128?
        var nonDivisors: [Int128] = []
        let excluded: Set<JSONNumber>
        let hasDivisors: Bool

        init?(_ facts: NumberFacts, places: Int, excluding: [JSONValue]) {
            self.places = places
            hasDivisors = !facts.divisors.isEmpty
            excluded = Set(excluding.compactMap { if case .number(let number) = $0 { number } else { nil } })
            for divisor in facts.divisors {
                guard let value = ScaledNumber(divisor)?.scaled(to: places), value != 0,
                    let multiple = Self.leastCommonMultiple(step, value)
                else { return nil }
                step = multiple
            }
            for divisor in facts.nonDivisors {
                guard let value = ScaledNumber(divisor)?.scaled(to: places), value != 0 else { return nil }
                nonDivisors.append(value)
            }
            if let minimum = facts.minimum {
                guard let value = ScaledNumber(minimum.value)?.scaled(to: places) else { return nil }
                lower = Self.ceilingQuotient(value, step)
                if minimum.isExclusive, value == lower.map({ $0 * step }) { lower = lower.map { $0 + 1 } }
            }
            if let maximum = facts.maximum {
                guard let value = ScaledNumber(maximum.value)?.scaled(to: places) else { return nil }
                upper = -Self.ceilingQuotient(-value, step)
                if maximum.isExclusive, value == upper.map({ $0 * step }) { upper = upper.map { $0 - 1 } }
            }
        }

        private static func leastCommonMultiple(_ left: Int128, _ right: Int128) -> Int128? {
            var (a, b) = (left.magnitude128, right.magnitude128)
            while b != 0 { (a, b) = (b, a % b) }
            let (product, overflow) = (left.magnitude128 / a).multipliedReportingOverflow(by: right.magnitude128)
            return overflow || product > 1 << 100 ? nil : product
        }

        private static func ceilingQuotient(_ value: Int128, _ divisor: Int128) -> Int128 {
            let quotient = value / divisor
            return value % divisor != 0 && value > 0 ? quotient + 1 : quotient
        }

        func run(most: Int) -> Outcome {
            if let lower, let upper, upper < lower { return .empty }
            // Every multiple of the step is one of the divisor.
            if nonDivisors.contains(where: { step % $0 == 0 && hasDivisors }) { return .empty }
            let start = max(lower ?? 0, min(upper ?? 0, 0))
            var tried = 0
            // Whole numbers first, then all.
            for distance in strides {
                let base = distance == 1 ? start : roundedInward(start, to: distance)
                var offset: Int128 = 0
                while tried < most {
                    let candidates = offset == 0 ? [base] : [base + offset, base - offset]
                    let inside = candidates.filter { $0 >= lower ?? $0 && $0 <= upper ?? $0 }
                    if inside.isEmpty, offset > 0 { break }
                    for candidate in inside {
                        tried += 1
                        if let value = value(candidate) { return .found(.number(value)) }
                    }
                    offset += distance
                    if distance > 1, offset > distance * 64 { break }
                }
            }
            if let lower, let upper, upper - lower < Int128(most), hasDivisors || upper == lower { return .empty }
            return .undecided("no number was found among the first candidates")
        }

        /// The distances between candidates, in steps: a whole number first, where there is no divisor.
        private var strides: [Int128] {
            guard !hasDivisors else { return [1] }
            var whole: Int128 = 1
            for _ in 0..<places { whole *= 10 }
            return [whole, 1000, 500, 100, 1]
        }

        /// Returns the multiple of a distance nearest to a start, on the side of the limits.
        private func roundedInward(_ start: Int128, to distance: Int128) -> Int128 {
            let below = start / distance * distance
            if below == start { return start }
            return start > 0 ? below + distance : below - distance
        }

        private func value(_ candidate: Int128) -> JSONNumber? {
            let scaled = candidate * step
            guard !nonDivisors.contains(where: { scaled % $0 == 0 }) else { return nil }
            guard let number = JSONNumber(literal: places == 0 ? "\(scaled)" : "\(scaled)e-\(places)"),
                !excluded.contains(number)
            else { return nil }
            return number
        }
    }
}

extension Int128 {
    fileprivate var magnitude128: Int128 { self < 0 ? -self : self }
}
