import ContractModel
import MetricsCompiler
import MonitoringCompiler

/// The condition of an alert in a sentence, and the number that it is compared with.
struct AlertWords {
    let site: Site
    let alert: CompiledAlert

    /// The declaration of an alert of the manifest; `nil` of a generated one.
    var declaration: AlertDeclaration? {
        let name: String
        switch alert.origin {
        case .declared: name = alert.name
        case .objective(let objective): name = objective
        case .producer: return nil
        }
        return site.contract.alerts?.rules.first { $0.name.value == name }
    }

    var sentence: String? {
        guard let condition = declaration?.condition else { return nil }
        let hold =
            alert.holdsFor > .zero ? ", and remains so for \(ConfigWords.duration(alert.holdsFor))" : ""
        switch condition {
        case .expression: return nil
        case .quantileAbove(let selection, let quantile, let value):
            return "Fires when the \(Self.percentile(quantile.value)) percentile of \(subject(selection)) "
                + "over \(window(selection)) is above \(number(value.value, selection))\(hold)."
        case .errorRatioAbove(let selection, let value):
            return "Fires when more than \(Self.percent(value.value)) of the events of \(subject(selection)) "
                + "over \(window(selection)) are selected ones\(hold)."
        case .rateAbove(let selection, let value):
            return "Fires when \(subject(selection)) grows faster than \(PromQLText.number(value.value)) per second "
                + "over \(window(selection))\(hold)."
        case .above(let selection, let value):
            return "Fires when \(subject(selection)) is above \(number(value.value, selection))\(hold)."
        case .equals(let selection, let value):
            return "Fires when \(subject(selection)) equals \(number(value.value, selection))\(hold)."
        case .silent(let selection):
            return "Fires when \(subject(selection)) has not grown for \(window(selection))\(hold)."
        case .absent(let selection): return "Fires when no series of \(subject(selection)) exists\(hold)."
        case .objective(let objective):
            return "The objective is that \(PromQLText.number(objective.percent.value)) % of the events of "
                + "\(subject(objective.selection)) are good. Fires when the error budget of 30 days burns too fast\(hold)."
        }
    }

    private func subject(_ selection: MetricSelection) -> String {
        let matching = (selection.scope + selection.matching).map { "\($0.name.value) \($0.text.value)" }
        let grouping = selection.grouping.map(\.value)
        return selection.family.value + (matching.isEmpty ? "" : " with " + matching.joined(separator: ", "))
            + (grouping.isEmpty ? "" : ", for each \(grouping.joined(separator: " and ")),")
    }

    private func window(_ selection: MetricSelection) -> String {
        ConfigWords.duration(selection.window?.value ?? .seconds(300))
    }

    private func number(_ value: Double, _ selection: MetricSelection) -> String {
        let unit = site.monitoring.metrics?[selection.family.value]?.declaration.unit?.value
        return PromQLText.number(value) + (unit.map { " " + $0 } ?? "")
    }

    private static func percent(_ ratio: Double) -> String {
        let hundredths = (ratio * 10_000).rounded() / 100
        return PromQLText.number(hundredths) + " %"
    }

    private static func percentile(_ quantile: Double) -> String {
        let text = PromQLText.number((quantile * 100_000).rounded() / 1000)
        return text + "th"
    }

    // MARK: Scale

    /// The threshold on the scale of its metric; `nil` where an alert has no number to compare with.
    var scale: ThresholdScale? {
        switch declaration?.condition {
        case .quantileAbove(let selection, _, let value):
            guard let family = site.monitoring.metrics?[selection.family.value] else { return nil }
            return ThresholdScale(
                marks: family.buckets, threshold: value.value, unit: family.declaration.unit?.value ?? "",
                caption: "The threshold among the buckets of \(family.name)")
        case .errorRatioAbove(_, let value):
            return ThresholdScale(
                marks: [0, 0.25, 0.5, 0.75, 1], threshold: value.value, unit: "",
                caption: "The threshold among all ratios")
        case .rateAbove(_, let value):
            return ThresholdScale(
                marks: [0, value.value * 2], threshold: value.value, unit: "per second", caption: "The threshold")
        case .above(let selection, let value), .equals(let selection, let value):
            let unit = site.monitoring.metrics?[selection.family.value]?.declaration.unit?.value ?? ""
            let marks = value.value == 0 ? [0, 1] : [min(0, value.value * 2), max(0, value.value * 2)]
            return ThresholdScale(marks: marks, threshold: value.value, unit: unit, caption: "The threshold")
        case .expression, .silent, .absent, .objective, nil: return nil
        }
    }
}
