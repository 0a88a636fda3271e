import ContractModel

/// A Go template in an annotation or a label of an alert.
/// See <https://prometheus.io/docs/prometheus/latest/configuration/template_reference/>.
package struct AnnotationTemplate: Sendable {
    /// The references to labels of the alert's series, with their places.
    package let labelReferences: [Expression.Name]
    /// The arguments of `query` in the template, `{{ query "up" }}`, with the places of their literals.
    package let queries: [Expression.Name]
    /// The uses of the alert's value.
    let valueUses: [TemplateAnalysis.ValueUse]
    /// Mistakes that Prometheus finds only when the alert fires.
    package let failures: [Finding]

    /// Parses a template.
    ///
    /// - Returns: `nil`, with a finding, if Prometheus would reject the text.
    package static func parse(_ text: String, findings: inout [Finding]) -> AnnotationTemplate? {
        do throws(Finding) {
            var parser = try AnnotationTemplateParser(text)
            let nodes = try parser.parse()
            let analysis = TemplateAnalysis(nodes, definitions: parser.definitions)
            return AnnotationTemplate(
                labelReferences: analysis.labelReferences, queries: analysis.queries, valueUses: analysis.valueUses,
                failures: analysis.findings)
        } catch {
            findings.append(error)
            return nil
        }
    }

    /// Checks a template of an alert.
    ///
    /// - Parameters:
    ///   - labels: The labels of the alert's series.
    ///   - value: The value of the alert; `nil` if it is unknown.
    ///   - checker: Checks the queries in the template; `nil` checks only their syntax.
    package static func check(
        _ text: String, labels: LabelSet, value: AlertValue? = nil, queries checker: ExpressionChecker? = nil
    ) -> [Finding] {
        var findings: [Finding] = []
        guard let template = parse(text, findings: &findings) else { return findings }
        findings += template.failures + StrayReference.findings(in: text)
        if let value { findings += template.valueUses.flatMap { value.findings(of: $0, in: text) } }
        for reference in template.labelReferences where !labels.mayHave(reference.text) {
            let known = labels.names
            findings.append(
                Finding(
                    .unknownTemplateLabel, reference.range,
                    "the result of the alert's expression has no label '\(reference.text)'",
                    hint: known.isEmpty
                        ? "it has no labels" : Suggestion.hint(for: reference.text, among: known)))
        }
        for written in template.queries {
            var found: [Finding] = []
            if let expression = Expression.parse(written.text, findings: &found), let checker {
                found = checker.check(expression)
            }
            // Escape sequences shift places inside the literal: report its start.
            findings += found.map { Finding($0.rule, written.range, $0.message, hint: $0.hint) }
        }
        return findings
    }

    /// The functions of Prometheus and of Go's text/template.
    static let functions: Set<String> = [
        "args", "externalURL", "first", "graphLink", "humanize", "humanize1024", "humanizeDuration",
        "humanizePercentage", "humanizeTimestamp", "label", "match", "parseDuration", "pathPrefix", "query",
        "reReplaceAll", "safeHtml", "sortByLabel", "stripDomain", "stripPort", "strvalue", "tableLink", "title",
        "toLower", "toTime", "toUpper", "value",
        "and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print",
        "printf", "println", "slice", "urlquery",
    ]

    /// The predeclared variables.
    static let variables = ["$", "$labels", "$externalLabels", "$externalURL", "$value"]
}
