import ContractModel
import MetricsCompiler
import MonitoringCompiler

/// The condition of an alert in a sentence.
struct AlertWords {
    let site: Site
    let alert: CompiledAlert

    /// The sentence as Markdown; `nil` of an expression that is invalid.
    var sentence: String? {
        switch alert.condition {
        case .expression:
            return alert.expression.tree.map { "Fires when \(ExpressionWords.condition($0))\(hold)." }
        case .quantileAbove(let selection, let quantile, let value):
            return "Fires when the \(Self.percentile(quantile.value)) percentile of \(subject(selection)) "
                + "over \(window(selection)) is above \(number(value.value, selection))\(remarks(selection))\(hold)."
        case .errorRatioAbove(let selection, let value):
            return
                "Fires when more than \(Self.percent(value.value)) of \(events(selection)) over \(window(selection)) "
                + "have \(Self.labels(selection.matching))\(remarks(selection))\(hold)."
        case .rateAbove(let selection, let value):
            return "Fires when \(subject(selection)) grows faster than \(PromQLText.number(value.value)) per second "
                + "over \(window(selection))\(remarks(selection))\(hold)."
        case .above(let selection, let value):
            return
                "Fires when \(subject(selection)) is above \(number(value.value, selection))\(remarks(selection))\(hold)."
        case .equals(let selection, let value):
            return "Fires when \(subject(selection)) is \(number(value.value, selection))\(remarks(selection))\(hold)."
        case .silent(let selection):
            return
                "Fires when \(subject(selection)) has not grown for \(window(selection))\(remarks(selection))\(hold)."
        case .absent(let selection): return "Fires when no series of \(subject(selection)) exists\(hold)."
        case .objective(let objective): return sentence(of: objective)
        }
    }

    private func sentence(of objective: ObjectiveDeclaration) -> String {
        let selection = objective.selection
        let budget = (100 - objective.percent.value) / 100
        let bad =
            objective.goodUpTo.map { "take more than \(number($0.value, selection))" }
            ?? "have \(Self.labels(selection.matching))"
        let limits = alert.burnRates.map { rate in
            "\(Self.percent(rate.factor * budget)) do over \(ConfigWords.duration(rate.long)) and over "
                + "\(ConfigWords.duration(rate.short))"
        }
        return "At most \(Self.percent(budget)) of \(events(selection)) may \(bad). "
            + "Fires when more than \(limits.joined(separator: ", or more than "))\(remarks(selection))\(hold)."
    }

    private var hold: String {
        alert.holdsFor > .zero ? ", and remains so for \(ConfigWords.duration(alert.holdsFor))" : ""
    }

    // MARK: Selections

    private static func labels(_ labels: [LabelText]) -> String {
        labels.map { "\($0.name.value) \($0.text.value)" }.joined(separator: " and ")
    }

    private func subject(_ selection: MetricSelection) -> String {
        let matching = selection.scope + selection.matching
        return "`\(selection.family.value)`" + (matching.isEmpty ? "" : " with \(Self.labels(matching))")
    }

    /// Returns all events of a ratio, of which the selected ones are a part.
    private func events(_ selection: MetricSelection) -> String {
        "the events of `\(selection.family.value)`"
            + (selection.scope.isEmpty ? "" : " with \(Self.labels(selection.scope))")
    }

    private func window(_ selection: MetricSelection) -> String {
        ConfigWords.duration(selection.window?.value ?? .seconds(300))
    }

    /// Returns the grouping and the minimum number of events: ` (each topic by itself; at least 20 events)`.
    private func remarks(_ selection: MetricSelection) -> String {
        let labels = selection.grouping.map(\.value).joined(separator: " and ")
        let remarks =
            (labels.isEmpty ? [] : ["each \(labels) by itself"])
            + (selection.minimumEvents.map { ["at least \($0.value) events"] } ?? [])
        return remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))"
    }

    // MARK: Numbers

    private func number(_ value: Double, _ selection: MetricSelection) -> String {
        let unit = site.monitoring.metrics?[selection.family.value]?.declaration.unit?.value
        let words = unit.map { " " + (value == 1 && $0.hasSuffix("s") ? String($0.dropLast()) : $0) }
        return PromQLText.number(value) + (words ?? "")
    }

    /// Returns a ratio in percent, with at most three digits that say something.
    static func percent(_ ratio: Double) -> String {
        PromQLText.number((ratio * 10_000_000).rounded() / 100_000) + " %"
    }

    /// Returns an ordinal number: `95th`, `99.9th`.
    static func percentile(_ quantile: Double) -> String {
        PromQLText.number((quantile * 100_000).rounded() / 1000) + "th"
    }
}
