extension [String: String] {
    /// Returns labels as text: `{a="x", b="y"}`, after the name of the metric.
    package func description(of name: String?) -> String {
        let pairs = withoutName.sorted { $0.key < $1.key }.map { "\($0.key)=\(PromQLLiteral.quoted($0.value))" }
        return (name ?? "") + "{\(pairs.joined(separator: ", "))}"
    }

    /// The labels without the name of the metric.
    var withoutName: [String: String] {
        var labels = self
        labels[LabelSet.metricName] = nil
        return labels
    }
}
