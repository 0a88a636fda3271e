import ContractModel

/// What matchers ask of the labels that are there.
extension QueryAnalysis {
    /// Checks a matcher against the labels that the metric has, and narrows them to what it takes.
    mutating func apply(_ matcher: Query.Matcher, of declared: LabelSet, to shape: inout Shape) {
        let label = matcher.label.text
        guard declared.mayHave(label) else {
            let of = shape.metric.map { "'\($0)' has" } ?? "what is selected has"
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
            // What follows is judged as if the value could be, and one bucket as one.
            presence.values = label == "le" && matcher.operation == .equal ? [matcher.value.text] : nil
        } else if let values = presence.values {
            let taken = matcher.selected(of: values)
            if taken.isEmpty, presence.isCertain {
                report(
                    .impossibleLabelValue, matcher.value.range,
                    "no value of the label '\(label)' satisfies this matcher and those before it")
            }
            presence.values = taken
            // An event goes to one topic: who asks for one of them may have narrowed the other too.
            if taken.count < values.count, !shape.independentLabels.contains(label) { shape.isComplete = false }
        } else if matcher.operation == .equal {
            presence.values = [matcher.value.text]
        } else if matcher.operation == .matches, let listed = matcher.pattern?.listedValues {
            presence.values = Set(listed)
        }
        if matcher.matches("") == false { presence.isCertain = true }
        shape.labels.set(label, presence)
    }

    /// What a matcher asks for that its label can't have: a value that it names, or an alternative of its pattern.
    private func impossible(_ matcher: Query.Matcher, among values: Set<String>) -> (text: String, hint: String)? {
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
                    "no value of the label '\(matcher.label.text)' is matched by '\(pattern)'",
                    Suggestion.hint(for: pattern, among: values)
                )
            }
            if let problem = impossible(literal, matcher, among: values) { return problem }
        }
        return nil
    }

    /// A value that is not among those of the label.
    private func impossible(
        _ value: String, _ matcher: Query.Matcher, among values: Set<String>
    ) -> (text: String, hint: String)? {
        let label = matcher.label.text
        let text = "the label '\(label)' never has the value '\(value)'"
        guard label == "le", let bound = Double(value), let stored = values.first(where: { Double($0) == bound }) else {
            return (text, Suggestion.hint(for: value, among: values))
        }
        // `1(\.0)?` and the like name both spellings, of which there is one.
        if matcher.operation == .matches || matcher.operation == .doesNotMatch,
            matcher.pattern?.matches(stored) != false
        {
            return nil
        }
        let either =
            stored == value + ".0" ? ", or le=~\(QueryLiteral.quoted(value + "(\\.0)?")) for either format" : ""
        return (text + ": Prometheus stores this bound as '\(stored)'", "write le=\"\(stored)\"" + either)
    }
}
