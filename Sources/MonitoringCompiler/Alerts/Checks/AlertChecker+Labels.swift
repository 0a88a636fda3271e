import ContractModel
import MetricsCompiler
import PromQL

/// The checks of the labels that an alert adds to those of its series.
extension AlertChecker {
    func checkLabels(
        _ alert: CompiledAlert, yielded: LabelSet, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) {
        for label in alert.labels {
            checkOverride(label, yielded, diagnostics: &diagnostics)
            checkValue(label, of: alert, allowances: &allowances, diagnostics: &diagnostics)
        }
    }

    /// Reports a label that replaces a label of the series: series that differ only by that label result in duplicate
    /// alerts, and Prometheus fails to evaluate the rule.
    private func checkOverride(_ label: NamedText, _ yielded: LabelSet, diagnostics: inout Diagnostics) {
        guard let presence = yielded.labels[label.name], presence.values?.count != 1, !label.text.contains("{{") else {
            return
        }
        // The label `instance` distinguishes the series of targets without their other labels.
        let isOfTarget = label.name == "job" || targetLabels.contains(label.name)
        if isOfTarget, yielded.mayHave("instance") { return }
        diagnostics.error(
            .alertName, at: label.location,
            "the label '\(label.name)' replaces the label that distinguishes the series of this alert: "
                + "several firing series would be duplicate alerts",
            hint: label.name == CompiledAlert.contractLabel
                ? "every alert has this label; rename the label of the series, or aggregate without it"
                : "rename the label")
    }

    /// Reports a label that depends on the value: an alert with other labels is another alert.
    private func checkValue(
        _ label: NamedText, of alert: CompiledAlert, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) {
        guard alert.holdsFor > .zero, label.text.contains(#/\{\{[^}]*(\$value|\.Value)\b/#),
            !allowances.excuses(.alertDuration)
        else { return }
        diagnostics.error(
            .alertDuration, at: label.location,
            "the label '\(label.name)' depends on the value: each change starts another alert, which must hold for "
                + PromQLText.duration(alert.holdsFor),
            hint: "use the value in an annotation, such as 'description'")
    }
}
