import ContractModel
import MetricsCompiler
package import PromQL

/// Holds alerts against the metrics that they query, and their texts against what their queries yield.
struct AlertChecker {
    private let contract: Contract
    private let catalog: MetricCatalog
    let scrapeInterval: Int
    let targetLabels: [String]
    /// The names of the series that the families export.
    let scraped: Set<String>

    /// A `for` that is longer is a slip of the pen: Prometheus keeps its data for 15 days unless told otherwise.
    private static let longestHold = 15 * 86_400_000

    init(_ contract: Contract, _ metrics: CompiledMetrics, recordings: [RecordingRule]) {
        self.contract = contract
        scrapeInterval = metrics.scrapeInterval
        targetLabels = contract.metrics?.targetLabels.map(\.value) ?? []
        catalog = metrics.catalog(recordings: recordings, targetLabels: targetLabels)
        scraped = Set(
            metrics.families.flatMap { family in
                family.kind == .histogram ? ["_bucket", "_sum", "_count"].map { family.name + $0 } : [family.name]
            })
    }

    /// - Parameter allowances: What the alert is excused from.
    func check(_ alert: CompiledAlert, allowances: inout Allowances, diagnostics: inout Diagnostics) {
        let checker = QueryChecker(catalog)
        let expression = alert.source ?? Located("", at: alert.location)
        var findings: [Finding] = []
        let query = Query.parse(alert.expression, findings: &findings)
        if let query { findings += checker.check(query) + resultFindings(query) } else { allowances.keepAll() }
        report(findings, in: expression, allowances: &allowances, diagnostics: &diagnostics)
        checkReplacementCharacter(alert, diagnostics: &diagnostics)

        // Of an expression that can't be read, no label is known to be missing.
        let labels = query.map(checker.labels) ?? .unknown
        for text in alert.annotations + alert.labels {
            report(
                AnnotationTemplate.check(text.text, labels: labels, queries: checker),
                in: Located(text.text, at: text.location), allowances: &allowances, diagnostics: &diagnostics)
        }
        checkLabels(alert, yielded: labels, allowances: &allowances, diagnostics: &diagnostics)
        if let query { checkStaleness(alert, query, allowances: &allowances, diagnostics: &diagnostics) }
        checkDuration(alert, query, allowances: &allowances, diagnostics: &diagnostics)
        AlertTestChecker(contract: contract, checker: checker)
            .check(alert, query, allowances: &allowances, diagnostics: &diagnostics)
    }

    /// Prometheus prints a rule's query and reads it again when it evaluates it, and of what it has printed it then takes
    /// this character for bytes that are not UTF-8.
    private func checkReplacementCharacter(_ alert: CompiledAlert, diagnostics: inout Diagnostics) {
        guard alert.expression.lowercased().contains(#"\ufffd"#) else { return }
        diagnostics.error(
            .promQLSyntax, at: alert.source?.location ?? alert.location,
            "Prometheus can't evaluate a rule that asks for the replacement character, U+FFFD",
            hint: "it mostly stands for a text that was read in a wrong encoding")
    }

    /// An alert is one for each series of a vector, or one of a number.
    private func resultFindings(_ query: Query) -> [Finding] {
        switch query.type {
        case .vector, .scalar: QueryChecker.findings(ofAlert: query)
        case .matrix, .string:
            [
                Finding(
                    .promQLType, query.range,
                    "an alert's expression must be an instant vector, found \(query.type.described)",
                    hint: query.type == .matrix ? "take rate(...) or another function of it" : nil)
            ]
        }
    }

    private func report(
        _ findings: [Finding], in text: Located<String>, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) {
        let findings = findings.filter { !allowances.excuses($0.rule) }
        guard !findings.isEmpty else { return }
        let places = contract.places(in: text)
        for finding in findings {
            diagnostics.error(
                finding.rule, at: places.location(ofByte: finding.range.lowerBound), finding.message,
                hint: finding.hint)
        }
    }

    private func checkDuration(
        _ alert: CompiledAlert, _ query: Query?, allowances: inout Allowances, diagnostics: inout Diagnostics
    ) {
        // An objective's alerts, and those of a producer, hold for as long as we say.
        guard alert.holdLocation != alert.location, let (message, hint) = unmet(alert.holdsFor, query),
            !allowances.excuses(.alertDuration)
        else { return }
        diagnostics.error(.alertDuration, at: alert.holdLocation, message, hint: hint)
    }

    /// Why a `for` waits for nothing, or for ever.
    private func unmet(_ holdsFor: Int, _ query: Query?) -> (message: String, hint: String)? {
        if holdsFor > 0, holdsFor < scrapeInterval {
            return (
                "'for' is shorter than the \(PromQLText.duration(scrapeInterval)) between two scrapes: "
                    + "it waits for nothing",
                "take it out, or expect at least \(PromQLText.duration(2 * scrapeInterval))"
            )
        }
        if let limit = query.flatMap(HoldLimit.longest), holdsFor >= limit {
            return (
                "'for' is \(PromQLText.duration(holdsFor)), but the expression holds for less than "
                    + "\(PromQLText.duration(limit)) at a time",
                "expected less than that"
            )
        }
        guard holdsFor > Self.longestHold else { return nil }
        return (
            "'for' is longer than Prometheus keeps data: no condition holds for " + PromQLText.duration(holdsFor),
            "expected at most \(PromQLText.duration(Self.longestHold))"
        )
    }
}

extension CompiledMetrics {
    /// The families as a query sees them.
    package func catalog(recordings: [RecordingRule], targetLabels: [String]) -> MetricCatalog {
        let exported = families.map { family in
            let kind: MetricFamily.Kind =
                switch family.kind {
                case .counter: .counter
                case .gauge: .gauge
                case .histogram: .histogram(buckets: family.buckets)
                }
            let labels = family.labels.map { label in
                MetricFamily.Label(
                    label.name, labelType(label).map { .closed($0.values.map(\.text)) } ?? .open,
                    isIndependent: !label.belongsWithOthers)
            }
            return MetricFamily(family.name, kind, labels: labels)
        }
        let recorded = recordings.map { rule in
            MetricFamily(rule.name, .recorded, labels: rule.labels.map { .init($0, .open) })
        }
        return MetricCatalog(
            families: exported + recorded, scrapeInterval: Int64(scrapeInterval), targetLabels: targetLabels)
    }
}

extension CompiledLabel {
    /// Whether its values are there only with those of other labels that they belong to.
    fileprivate var belongsWithOthers: Bool {
        switch origin {
        case .dimension(.topic), .dimension(.event), .dimension(.message): true
        case .dimension(.status), .dimension(.reason), .dimension(.rule), .dimension(.component), .property, nil: false
        }
    }
}
