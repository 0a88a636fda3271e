import ContractModel

/// A text of an alert, an annotation or a label's value, in which Prometheus fills in values: a Go template.
/// See <https://prometheus.io/docs/prometheus/latest/configuration/template_reference/>.
package struct AnnotationTemplate: Sendable {
    /// The labels of the alert's series that the text refers to, each where it is named.
    package let labelReferences: [Query.Name]
    /// The queries that the text makes itself, `{{ query "up" }}`, each with the place of its literal.
    package let queries: [Query.Name]
    /// What Prometheus takes, and fails at when the alert fires.
    package let failures: [Finding]

    /// `nil` and a finding where Prometheus would refuse the text.
    package static func parse(_ text: String, findings: inout [Finding]) -> AnnotationTemplate? {
        do throws(Finding) {
            var parser = try AnnotationTemplateParser(text)
            let nodes = try parser.parse()
            let analysis = TemplateAnalysis(nodes, definitions: parser.definitions)
            return AnnotationTemplate(
                labelReferences: analysis.labelReferences, queries: analysis.queries, failures: analysis.findings)
        } catch {
            findings.append(error)
            return nil
        }
    }

    /// What is wrong with a text beside an expression whose result has the labels, and with the queries in the text,
    /// where there is a checker for them.
    package static func check(_ text: String, labels: LabelSet, queries checker: QueryChecker? = nil) -> [Finding] {
        var findings: [Finding] = []
        guard let template = parse(text, findings: &findings) else { return findings }
        findings += template.failures
        for reference in template.labelReferences where !labels.mayHave(reference.text) {
            let known = labels.names
            findings.append(
                Finding(
                    .unknownTemplateLabel, reference.range,
                    "the alert's expression yields no label '\(reference.text)'",
                    hint: known.isEmpty
                        ? "its result has no labels" : Suggestion.hint(for: reference.text, among: known)))
        }
        for written in template.queries {
            var found: [Finding] = []
            if let query = Query.parse(written.text, findings: &found), let checker { found = checker.check(query) }
            // Escape sequences shift what is inside the literal, so it is pointed at as a whole.
            findings += found.map { Finding($0.rule, written.range, $0.message, hint: $0.hint) }
        }
        return findings
    }

    /// Prometheus's functions and those of Go's text/template.
    static let functions: Set<String> = [
        "args", "externalURL", "first", "graphLink", "humanize", "humanize1024", "humanizeDuration",
        "humanizePercentage", "humanizeTimestamp", "label", "match", "parseDuration", "pathPrefix", "query",
        "reReplaceAll", "safeHtml", "sortByLabel", "stripDomain", "stripPort", "strvalue", "tableLink", "title",
        "toLower", "toTime", "toUpper", "value",
        "and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print",
        "printf", "println", "slice", "urlquery",
    ]

    /// What Prometheus declares before the text.
    static let variables = ["$", "$labels", "$externalLabels", "$externalURL", "$value"]
}
