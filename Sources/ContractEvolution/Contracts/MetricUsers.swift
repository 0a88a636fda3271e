import ContractModel

/// The alerts of a contract that query its metrics, by metric, label and label value.
struct MetricUsers {
    let alerts: [AlertDeclaration]

    /// Returns a note with the alerts that query a metric, or a label of it; empty without one.
    ///
    /// - Parameter values: The values of the label that are of interest; empty for all.
    func notes(of metric: String, label: String? = nil, values: [String] = []) -> [String] {
        let names = alerts.filter { uses($0, metric, label, values) }.map { "'\($0.name.value)'" }
        guard !names.isEmpty else { return [] }
        return ["\(names.count == 1 ? "the alert" : "the alerts") \(names.joined(separator: ", ")) used it"]
    }

    private func uses(_ alert: AlertDeclaration, _ metric: String, _ label: String?, _ values: [String]) -> Bool {
        guard let selection = alert.condition.selection else {
            // Of an expression, its words.
            guard case .expression(let text) = alert.condition else { return false }
            let words = Set(
                text.value.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != ":" }.map(String.init))
            let isQueried = words.contains { $0 == metric || $0.hasPrefix(metric + "_") }
            return isQueried && (label.map { words.contains($0) } ?? true)
        }
        guard selection.family.value == metric else { return false }
        guard let label else { return true }
        let texts = (selection.matching + selection.scope).filter { $0.name.value == label }.map(\.text.value)
        if !values.isEmpty, !texts.isEmpty { return texts.contains { text in values.contains { text.contains($0) } } }
        return !texts.isEmpty || selection.grouping.contains { $0.value == label }
    }
}

extension AlertCondition {
    /// The series that the condition is about; `nil` of an expression.
    fileprivate var selection: MetricSelection? {
        switch self {
        case .expression: nil
        case .quantileAbove(let series, _, _), .errorRatioAbove(let series, _), .rateAbove(let series, _),
            .above(let series, _), .equals(let series, _), .silent(let series), .absent(let series):
            series
        case .objective(let objective): objective.selection
        }
    }
}
