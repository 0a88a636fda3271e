import ContractModel
import MetricsCompiler
import PromQL

/// What labels do to an alert: those that it adds, and those of the series that it is about.
extension AlertChecker {
    func checkLabels(
        _ alert: CompiledAlert, yielded: LabelSet, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) {
        for label in alert.labels {
            checkOverride(label, yielded, diagnostics: &diagnostics)
            checkValue(label, of: alert, allowances: &allowances, diagnostics: &diagnostics)
        }
    }

    /// Series that only a label tells apart become one alert where each gets the same text for it, and Prometheus then
    /// fails to evaluate the rule.
    private func checkOverride(_ label: NamedText, _ yielded: LabelSet, diagnostics: inout Diagnostics) {
        guard let presence = yielded.labels[label.name], presence.values?.count != 1, !label.text.contains("{{") else {
            return
        }
        // As long as there is the instance, series of a target are told apart without its other labels.
        let isOfTarget = label.name == "job" || targetLabels.contains(label.name)
        if isOfTarget, yielded.mayHave("instance") { return }
        diagnostics.error(
            .alertName, at: label.location,
            "the label '\(label.name)' takes the place of the one that tells this alert's series apart: "
                + "where several fire, they are the same alert",
            hint: label.name == CompiledAlert.contractLabel
                ? "every alert has this label; give the one of the series another name, or aggregate without it"
                : "give the label another name")
    }

    /// An alert is known by its labels: with another text at each evaluation, it is always a new one.
    private func checkValue(
        _ label: NamedText, of alert: CompiledAlert, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) {
        guard alert.holdsFor > 0, label.text.contains(#/\{\{[^}]*(\$value|\.Value)\b/#),
            !allowances.excuses(.alertDuration)
        else { return }
        diagnostics.error(
            .alertDuration, at: label.location,
            "the label '\(label.name)' changes with the value, and with it the alert: it is never the same one for "
                + PromQLText.duration(alert.holdsFor),
            hint: "tell the value in an annotation, such as 'description'")
    }
}
