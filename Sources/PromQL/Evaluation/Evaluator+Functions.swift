import ContractModel

/// Functions.
extension Evaluator {
    /// Functions that keep the name of the metric.
    private static let keepingName: Set<String> = [
        "label_join", "label_replace", "last_over_time", "sort", "sort_desc",
    ]

    mutating func value(of call: Expression.Call, _ time: Int) throws(EvaluationError) -> Value {
        let (name, arguments) = (call.function.name, call.arguments)
        switch name {
        case "pi": return .scalar(.pi)
        case "time": return .scalar(Double(time) / 1000)
        case "scalar":
            let samples = try vector(of: arguments[0], time)
            return .scalar(samples.count == 1 ? samples[0].value : .nan)
        case "vector": return .vector([Sample(labels: [:], value: try scalar(of: arguments[0], time))])
        case "absent":
            let isAbsent = try vector(of: arguments[0], time).isEmpty
            return .vector(isAbsent ? [Sample(labels: labelsOfAbsent(arguments[0]), value: 1)] : [])
        case "absent_over_time":
            let isAbsent = try ranges(of: arguments[0], time).isEmpty
            return .vector(isAbsent ? [Sample(labels: labelsOfAbsent(arguments[0]), value: 1)] : [])
        case _ where call.function.parameters.contains(.matrix):
            return .vector(try unique(try vector(ofRange: call, time)))
        default: return .vector(try unique(try vector(of: call, time)))
        }
    }

    // MARK: Ranges

    private mutating func vector(ofRange call: Expression.Call, _ time: Int) throws(EvaluationError) -> [Sample] {
        let (name, arguments) = (call.function.name, call.arguments)
        let keepsName = Self.keepingName.contains(name)
        var parameter = 0.0
        var rangeArgument = arguments[0]
        switch name {
        case "quantile_over_time": (parameter, rangeArgument) = (try scalar(of: arguments[0], time), arguments[1])
        case "predict_linear": parameter = try scalar(of: arguments[1], time)
        default: break
        }
        var samples: [Sample] = []
        for range in try ranges(of: rangeArgument, time) {
            let value: Double?
            switch name {
            case "quantile_over_time": value = range.quantile(parameter)
            case "predict_linear": value = range.regression(at: time).map { $0.slope * parameter + $0.intercept }
            default:
                guard let function = range.function(name) else { throw .unsupported("the function '\(name)'") }
                value = function()
            }
            guard let value else { continue }
            samples.append(Sample(labels: keepsName ? range.labels : range.labels.withoutName, value: value))
        }
        return samples
    }

    // MARK: Vectors

    private mutating func vector(of call: Expression.Call, _ time: Int) throws(EvaluationError) -> [Sample] {
        let (name, arguments) = (call.function.name, call.arguments)
        switch name {
        case "sort", "sort_desc": return try vector(of: arguments[0], time)
        case "label_replace": return try relabelled(call, time)
        case "label_join": return try joined(call, time)
        case "histogram_quantile":
            let quantile = try scalar(of: arguments[0], time)
            return HistogramQuantile(quantile).samples(of: try vector(of: arguments[1], time))
        case "timestamp":
            if case .vectorSelector(let selector) = arguments[0].unparenthesized.node {
                return try instant(selector, time).map {
                    Sample(labels: $0.labels.withoutName, value: Double($0.point.time) / 1000)
                }
            }
            return try mapped(arguments[0], time) { _ in Double(time) / 1000 }
        case "clamp":
            let bounds = (try scalar(of: arguments[1], time), try scalar(of: arguments[2], time))
            if bounds.1 < bounds.0 { return [] }
            return try mapped(arguments[0], time) { .goMaximum(bounds.0, .goMinimum(bounds.1, $0)) }
        case "clamp_max", "clamp_min", "round":
            let parameter = arguments.count > 1 ? try scalar(of: arguments[1], time) : 1
            return try mapped(arguments[0], time) { $0.applying(name, parameter) }
        default: break
        }
        if let part = CalendarFunction(rawValue: name) { return try vector(of: part, of: arguments.first, time) }
        guard let function = ElementFunction.named(name), let argument = arguments.first else {
            throw .unsupported("the function '\(name)'")
        }
        return try mapped(argument, time, function)
    }

    /// Applies a function to the value of each sample.
    private mutating func mapped(
        _ expression: Expression, _ time: Int, _ function: (Double) -> Double
    ) throws(EvaluationError) -> [Sample] {
        try vector(of: expression, time).map { Sample(labels: $0.labels.withoutName, value: function($0.value)) }
    }

    private mutating func vector(
        of part: CalendarFunction, of argument: Expression?, _ time: Int
    ) throws(EvaluationError) -> [Sample] {
        let moments = try argument.map { (argument) throws(EvaluationError) in try vector(of: argument, time) }
        var samples: [Sample] = []
        for moment in moments ?? [Sample(labels: [:], value: Double(time) / 1000)] {
            guard let value = part.value(at: moment.value) else { throw .unsupported("a date so far away") }
            samples.append(Sample(labels: moment.labels.withoutName, value: value))
        }
        return samples
    }

    // MARK: Labels

    private func labelsOfAbsent(_ operand: Expression) -> [String: String] {
        ExpressionAnalysis.labelsOfAbsent(operand).labels.compactMapValues { $0.values?.first }
    }

    private static func string(_ expression: Expression) throws(EvaluationError) -> String {
        guard case .string(let string) = expression.unparenthesized.node else { throw .unsupported("this argument") }
        return string
    }

    private mutating func joined(_ call: Expression.Call, _ time: Int) throws(EvaluationError) -> [Sample] {
        let strings = try call.arguments.dropFirst().map(Self.string)
        guard strings.count >= 2 else { throw .unsupported("this argument") }
        return try vector(of: call.arguments[0], time).map { sample in
            var sample = sample
            let value = strings.dropFirst(2).map { sample.labels[$0] ?? "" }.joined(separator: strings[1])
            sample.labels[strings[0]] = value.isEmpty ? nil : value
            return sample
        }
    }

    /// Replaces a label by the whole of another, or by a constant. Other patterns need the captures of Go's expressions.
    private mutating func relabelled(_ call: Expression.Call, _ time: Int) throws(EvaluationError) -> [Sample] {
        let strings = try call.arguments.dropFirst().map(Self.string)
        guard strings.count == 4 else { throw .unsupported("this argument") }
        let (target, replacement, source, pattern) = (strings[0], strings[1], strings[2], strings[3])
        let copies = ["$1", "${1}"].contains(replacement) && ["(.*)", "(.+)"].contains(pattern)
        guard copies || !replacement.contains("$"), let compiled = LabelPattern(pattern) else {
            throw .unsupported("the pattern of label_replace")
        }
        var samples: [Sample] = []
        for var sample in try vector(of: call.arguments[0], time) {
            let value = sample.labels[source] ?? ""
            guard let isMatch = compiled.matches(value) else { throw .unsupported("the pattern of label_replace") }
            let result = copies ? value : replacement
            if isMatch { sample.labels[target] = result.isEmpty ? nil : result }
            samples.append(sample)
        }
        return samples
    }
}
