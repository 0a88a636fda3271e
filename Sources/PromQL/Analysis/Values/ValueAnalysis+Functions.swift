import ContractModel

/// The values of functions.
extension ValueAnalysis {
    /// The functions of the date, with their values.
    private static let calendar: [String: ClosedRange<Double>] = [
        "minute": 0...59, "hour": 0...23, "day_of_week": 0...6, "day_of_month": 1...31, "day_of_year": 1...366,
        "days_in_month": 28...31, "month": 1...12,
    ]

    func values(of call: Expression.Call, _ parts: [ResultValues]) -> ResultValues {
        let name = call.function.name
        let index = call.function.parameters.firstIndex { $0 == .vector || $0 == .matrix } ?? 0
        let operand = parts.indices.contains(index) ? parts[index] : .constant(0)
        if let values = Self.calendar[name] {
            return ResultValues(
                range: ValueRange(values.lowerBound, values.upperBound), isExact: true, isWhole: true,
                presence: operand.presence)
        }
        if call.function.parameters.contains(.matrix) { return values(ofRange: call, operand) }
        switch name {
        case "time": return ResultValues(range: .notNegative, quantity: .now, presence: .always)
        case "timestamp": return ResultValues(range: .notNegative, quantity: .past, presence: operand.presence)
        case "absent": return ResultValues(range: .exactly(1), isExact: true)
        case "scalar":
            // Of no or several series, it is NaN.
            var values = operand
            (values.mayBeNaN, values.presence, values.isFiltered) = (true, .always, false)
            return values
        case "vector":
            var values = operand
            values.presence = .always
            return values
        case "sort", "sort_desc", "label_replace", "label_join": return operand
        case "histogram_quantile": return values(ofQuantile: call, operand)
        default: return values(ofElements: call, operand, parts)
        }
    }

    // MARK: Ranges

    private func values(ofRange call: Expression.Call, _ operand: ResultValues) -> ResultValues {
        var values = operand
        (values.isShare, values.bounds) = (false, [])
        values.isWhole =
            Self.countingSamples.contains(call.function.name)
            || operand.isWhole && Self.keepingWhole.contains(call.function.name)
        switch call.function.name {
        case "rate", "irate", "increase":
            values.unit = Self.unitOfGrowth(call)
            values.range = operand.range.low >= 0 ? .notNegative : .all
            (values.isExact, values.quantity) = (false, .other)
        case "changes", "resets":
            (values.range, values.isExact, values.quantity) = (.notNegative, true, .other)
        case "count_over_time":
            (values.range, values.isExact, values.quantity) = (ValueRange(1, .infinity), true, .other)
        case "present_over_time", "absent_over_time":
            (values.range, values.isExact, values.quantity) = (.exactly(1), true, .other)
            if call.function.name == "absent_over_time" { values.presence = .sometimes }
        case "avg_over_time": values.isExact = false
        case "last_over_time", "max_over_time", "min_over_time": break
        case "quantile_over_time":
            values.isExact = false
            if !hasQuantile(call.arguments.first) { values.range = .all }
        case "sum_over_time":
            values.range = ValueRange(
                operand.range.low >= 0 ? operand.range.low : -.infinity,
                operand.range.high <= 0 ? operand.range.high : .infinity)
            values.quantity = .other
        case "stddev_over_time", "stdvar_over_time":
            (values.range, values.isExact, values.quantity) = (.notNegative, false, .other)
        default: (values.range, values.isExact, values.quantity) = (.all, false, .other)
        }
        if Self.countingSamples.contains(call.function.name)
            || ["deriv", "stdvar_over_time"].contains(call.function.name)
        {
            values.unit = nil
        }
        return values
    }

    private static let countingSamples: Set<String> = [
        "absent_over_time", "changes", "count_over_time", "present_over_time", "resets",
    ]

    /// Returns the unit of the growth of a counter of events; `nil` of one that adds seconds or another quantity.
    private static func unitOfGrowth(_ call: Expression.Call) -> ValueUnit? {
        let names = call.arguments.flatMap(\.selectors).compactMap(\.name?.text)
        let isCounting = names.allSatisfy { name in
            let base = ["_total", "_count", "_bucket"].first(where: name.hasSuffix).map { name.dropLast($0.count) }
            return base.map { Self.unit(String($0)) == nil || !name.hasSuffix("_total") } ?? false
        }
        guard isCounting, !names.isEmpty else { return nil }
        return call.function.name == "increase" ? .count : .frequency
    }

    /// The functions whose results are values of the range, or their sum.
    private static let keepingWhole: Set<String> = [
        "last_over_time", "max_over_time", "min_over_time", "sum_over_time",
    ]

    // MARK: Elements

    private func values(
        ofElements call: Expression.Call, _ operand: ResultValues, _ parts: [ResultValues]
    ) -> ResultValues {
        var values = operand
        (values.quantity, values.unit, values.isShare, values.bounds) = (.other, nil, false, [])
        values.isWhole =
            ["ceil", "floor", "sgn"].contains(call.function.name) || call.function.name == "round" && parts.count == 1
            || operand.isWhole && call.function.name == "abs"
        let range = operand.range
        let parameter = parts.count > 1 ? parts[1].range : .all
        switch call.function.name {
        case "abs":
            let largest = max(abs(range.low), abs(range.high))
            values.range = ValueRange(range.contains(0) ? 0 : min(abs(range.low), abs(range.high)), largest)
            (values.quantity, values.unit) = (operand.quantity, operand.unit)
        case "ceil": (values.range, values.isExact) = (range.mapped { $0.rounded(.up) }, true)
        case "floor": (values.range, values.isExact) = (range.mapped { $0.rounded(.down) }, true)
        case "sgn": (values.range, values.isExact) = (range.mapped { $0 < 0 ? -1 : $0 > 0 ? 1 : 0 }, true)
        case "round" where parts.count == 1:
            (values.range, values.isExact) = (range.mapped { ($0 + 0.5).rounded(.down) }, true)
        case "sqrt" where range.low >= 0: (values.range, values.isExact) = (range.mapped { $0.squareRoot() }, false)
        case "clamp_min" where parameter.isExact:
            values.range = range.mapped { max($0, parameter.low) }
        case "clamp_max" where parameter.isExact:
            values.range = range.mapped { min($0, parameter.low) }
        case "clamp" where parameter.isExact && parts.count == 3 && parts[2].range.isExact:
            values.range = range.mapped { max(parameter.low, min(parts[2].range.low, $0)) }
        case "exp": (values.range, values.isExact) = (.notNegative, false)
        default: (values.range, values.isExact, values.mayBeNaN) = (.all, false, true)
        }
        return values
    }

    // MARK: Quantiles

    /// Returns the range of a quantile: between 0, or the first bound if that is negative, and the last finite bound.
    private func values(ofQuantile call: Expression.Call, _ buckets: ResultValues) -> ResultValues {
        var values = ResultValues(mayBeNaN: true, presence: buckets.presence, isFiltered: buckets.isFiltered)
        let selectors = call.arguments.dropFirst().flatMap(\.selectors)
        let families = Set(
            selectors.map { selector in
                selector.name.flatMap { $0.text.hasSuffix("_bucket") ? String($0.text.dropLast("_bucket".count)) : nil }
            })
        guard families.count == 1, let name = families.first ?? nil, hasQuantile(call.arguments.first),
            case .histogram(let bounds)? = catalog.histograms[name]?.kind, let first = bounds.first,
            let last = bounds.last,
            !selectors.contains(where: { selector in selector.matchers.contains { $0.label.text == "le" } })
        else { return values }
        values.range = ValueRange(min(0, first), last)
        values.bounds = bounds
        values.unit = Self.unit(name)
        return values
    }
}
