import ContractModel

/// The effect of matchers on labels.
extension ExpressionAnalysis {
    /// Checks a matcher against the labels of the metric, and narrows the labels to the values that it matches.
    mutating func apply(_ matcher: Expression.Matcher, of declared: LabelSet, to shape: inout Shape) {
        let label = matcher.label.text
        guard declared.mayHave(label) else {
            let of = shape.metric.map { "'\($0)' has" } ?? "the selected series have"
            report(
                .unknownMetricLabel, matcher.label.range, "\(of) no label '\(label)'",
                hint: Suggestion.hint(for: label, among: declared.names))
            return
        }
        if matcher.operation == .equal, matcher.value.text.isEmpty {
            if declared.certainlyHas(label) {
                report(.impossibleLabelValue, matcher.value.range, "the label '\(label)' is never empty")
            }
            shape.labels.remove(label)
            return
        }
        var presence = shape.labels.labels[label] ?? .init(isCertain: false)
        if let values = declared.labels[label]?.values, let problem = impossible(matcher, among: values) {
            report(.impossibleLabelValue, matcher.value.range, problem.text, hint: problem.hint)
            // Avoid errors that follow from this one: one bucket remains one bucket.
            presence.values = label == "le" && matcher.operation == .equal ? [matcher.value.text] : nil
        } else if let values = presence.values {
            let taken = matcher.selected(of: values)
            if taken.isEmpty, presence.isCertain {
                report(
                    .impossibleLabelValue, matcher.value.range,
                    "no value of the label '\(label)' satisfies this matcher and those before it")
            }
            presence.values = taken
            // An event goes to one topic: a matcher of one label may also narrow the other.
            if taken.count < values.count, !shape.independentLabels.contains(label) { shape.isComplete = false }
        } else if matcher.operation == .equal {
            presence.values = [matcher.value.text]
        } else if matcher.operation == .matches, let listed = matcher.pattern?.listedValues {
            presence.values = Set(listed)
        }
        if matcher.matches("") == false { presence.isCertain = true }
        shape.labels.set(label, presence)
    }

    /// Describes a value or an alternative of a pattern that the label cannot have.
    private func impossible(_ matcher: Expression.Matcher, among values: Set<String>) -> (text: String, hint: String)? {
        let text = matcher.value.text
        switch matcher.operation {
        case .equal, .notEqual:
            return text.isEmpty || values.contains(text) ? nil : impossible(text, matcher, among: values)
        case .matches, .doesNotMatch: break
        }
        let alternatives = matcher.pattern?.alternatives ?? []
        for alternative in alternatives where alternative.literal.map(values.contains) != true {
            guard alternative.literal != nil || matcher.canTest(values), alternative.matches("") == false,
                values.allSatisfy({ alternative.matches($0) == false })
            else { continue }
            guard let literal = alternative.literal else {
                let pattern = alternatives.count == 1 ? text : "\(alternative)"
                return (
                    "'\(pattern)' matches no value of the label '\(matcher.label.text)'",
                    Suggestion.hint(for: pattern, among: values)
                )
            }
            guard let problem = impossible(literal, matcher, among: values) else { continue }
            // A pattern matches the whole value, and not a part of it.
            let containing = values.filter { $0.contains(literal) }
            guard matcher.label.text != "le", !literal.isEmpty, !containing.isEmpty else { return problem }
            return (
                problem.text,
                "a pattern matches the whole value: \(PromQLLiteral.quoted(".*\(literal).*")) matches "
                    + Suggestion.list(containing.sorted())
            )
        }
        return nil
    }

    /// Describes a value that the label does not have.
    private func impossible(
        _ value: String, _ matcher: Expression.Matcher, among values: Set<String>
    ) -> (text: String, hint: String)? {
        let label = matcher.label.text
        let text = "the label '\(label)' never has the value '\(value)'"
        guard label == "le", let bound = Double(value), let stored = values.first(where: { Double($0) == bound }) else {
            return (text, Suggestion.hint(for: value, among: values))
        }
        // Patterns such as `1(\.0)?` match both spellings, of which one is stored.
        if matcher.operation == .matches || matcher.operation == .doesNotMatch,
            matcher.pattern?.matches(stored) != false
        {
            return nil
        }
        let either =
            stored == value + ".0" ? ", or le=~\(PromQLLiteral.quoted(value + "(\\.0)?")) for both formats" : ""
        return (text + ": Prometheus stores this bound as '\(stored)'", "write le=\"\(stored)\"" + either)
    }
}
