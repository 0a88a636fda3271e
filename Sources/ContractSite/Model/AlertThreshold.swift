import ContractModel
import MetricsCompiler
import MonitoringCompiler
import PromQL

/// The number that an alert compares with, on the range of what it is compared with.
struct AlertThreshold {
    let site: Site
    let alert: CompiledAlert

    /// `nil` where an alert has no number to compare with.
    var scale: ThresholdScale? {
        switch alert.condition {
        case .expression: return alert.expression.tree.flatMap { scale(of: $0.unparenthesized) }
        case .quantileAbove(let selection, _, let value):
            guard let family = site.monitoring.metrics?[selection.family.value] else { return nil }
            return ThresholdScale(
                marks: family.buckets, threshold: value.value, unit: family.declaration.unit?.value ?? "",
                caption: "The threshold among the buckets of \(family.name)")
        case .errorRatioAbove(_, let value):
            return ThresholdScale(
                marks: [0, 0.25, 0.5, 0.75, 1], threshold: value.value, caption: "The threshold among all ratios")
        case .rateAbove(_, let value):
            return ThresholdScale(marks: [0, value.value * 2], threshold: value.value, unit: "per second")
        case .above(let selection, let value):
            return ThresholdScale(
                marks: Self.range(around: value.value), threshold: value.value, unit: unit(selection))
        case .equals(let selection, let value):
            return ThresholdScale(
                marks: Self.range(around: value.value), threshold: value.value, side: .equal, unit: unit(selection))
        case .objective(let objective): return scale(of: objective)
        case .silent, .absent: return nil
        }
    }

    private func unit(_ selection: MetricSelection) -> String {
        site.monitoring.metrics?[selection.family.value]?.declaration.unit?.value ?? ""
    }

    private static func range(around value: Double) -> [Double] {
        value == 0 ? [0, 1] : [min(0, value * 2), max(0, value * 2)]
    }

    /// Returns the ratio of bad events from which the alert of an objective can fire, among those that matter.
    private func scale(of objective: ObjectiveDeclaration) -> ThresholdScale? {
        func rounded(_ ratio: Double) -> Double { (ratio * 1e9).rounded() / 1e9 }
        let budget = rounded((100 - objective.percent.value) / 100)
        let limits = alert.burnRates.map { rounded(min(1, $0.factor * budget)) }.sorted()
        guard let limit = limits.first else { return nil }
        var marks: [Double] = []
        for mark in [0, budget] + limits + [1] where mark > (marks.last ?? -1) { marks.append(mark) }
        return ThresholdScale(
            marks: marks, threshold: limit, caption: "The lowest ratio of bad events at which the alert fires")
    }

    /// Returns the scale of an expression that ends with a comparison with a number.
    private func scale(of expression: Expression) -> ThresholdScale? {
        guard case .binary(let binary) = expression.node, let last = binary.operations.last,
            let side = ThresholdScale.Side(last.binaryOperator), let value = last.operand.constantValue, value.isFinite
        else { return nil }
        return ThresholdScale(marks: marks(of: binary, around: value), threshold: value, side: side)
    }

    /// Returns the buckets of a quantile's histogram; else a range around the value.
    private func marks(of binary: Expression.BinaryExpression, around value: Double) -> [Double] {
        if binary.operations.count == 1, case .call(let call) = binary.first.unparenthesized.node,
            call.name.text == PromQLFunction.histogramQuantile.name,
            let name = site.relations.familiesByAlert[alert.name]?.first,
            let buckets = site.monitoring.metrics?[name]?.buckets, !buckets.isEmpty
        {
            return buckets
        }
        return Self.range(around: value)
    }
}
