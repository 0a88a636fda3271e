import ContractModel
package import PromQL

/// Holds alerts against the metrics that they query, and their texts against what their queries yield.
struct AlertChecker {
    private let contract: Contract
    private let catalog: MetricCatalog
    private let scrapeInterval: Int

    /// A `for` that is longer is a slip of the pen: Prometheus keeps its data for 15 days unless told otherwise.
    private static let longestHold = 15 * 86_400_000

    init(_ contract: Contract, _ metrics: CompiledMetrics, recordings: [RecordingRule]) {
        self.contract = contract
        scrapeInterval = metrics.scrapeInterval
        catalog = metrics.catalog(
            recordings: recordings, targetLabels: contract.metrics?.targetLabels.map(\.value) ?? [])
    }

    func check(_ alert: CompiledAlert, diagnostics: inout Diagnostics) {
        let labels = checkExpression(alert, diagnostics: &diagnostics)
        for text in alert.annotations + alert.labels {
            for finding in GoTemplate.check(text.text, labels: labels) {
                report(
                    finding, in: Located(text.text, at: text.location), alert.allowed, what: text.name,
                    diagnostics: &diagnostics)
            }
        }
        checkDuration(alert, diagnostics: &diagnostics)
    }

    /// - Returns: The labels of the result; `nil` where they can't be told.
    private func checkExpression(_ alert: CompiledAlert, diagnostics: inout Diagnostics) -> Set<String>? {
        let source = alert.source
        func place(_ offset: Int) -> SourceLocation {
            source.map { contract.location(ofByte: offset, in: $0) } ?? alert.location
        }
        do throws(PromQLError) {
            let expression = try Parser.parse(alert.expression)
            let (type, errors) = TypeChecker.check(expression)
            for error in errors {
                diagnostics.error(.promQLType, at: place(error.range.lowerBound), error.message, hint: error.hint)
            }
            guard errors.isEmpty else { return nil }
            guard type == .vector || type == .scalar else {
                diagnostics.error(
                    .promQLType, at: place(0), "an alert's expression must be an instant vector, found \(type.shown)",
                    hint: type == .matrix ? "take rate(...) or another function of it" : nil)
                return nil
            }
            let (findings, labels) = QueryChecker.check(expression, of: alert.expression, against: catalog)
            for finding in findings {
                let scalar = source ?? Located("", at: alert.location)
                report(finding, in: scalar, alert.allowed, what: nil, diagnostics: &diagnostics)
            }
            return labels
        } catch {
            diagnostics.error(.promQLSyntax, at: place(error.range.lowerBound), error.message, hint: error.hint)
            return nil
        }
    }

    private func report(
        _ finding: QueryFinding, in text: Located<String>, _ allowed: Set<Rule>, what: String?,
        diagnostics: inout Diagnostics
    ) {
        guard !allowed.contains(finding.rule) else { return }
        diagnostics.error(
            finding.rule, at: contract.location(ofByte: finding.range.lowerBound, in: text), finding.message,
            hint: finding.hint)
    }

    private func checkDuration(_ alert: CompiledAlert, diagnostics: inout Diagnostics) {
        guard alert.holdsFor > 0, !alert.allowed.contains(.alertDuration) else { return }
        if alert.holdsFor < scrapeInterval {
            diagnostics.error(
                .alertDuration, at: alert.holdLocation,
                "'for' is shorter than the \(PromQLText.duration(scrapeInterval)) between two scrapes: "
                    + "it waits for nothing",
                hint: "take it out, or expect at least \(PromQLText.duration(2 * scrapeInterval))")
        } else if alert.holdsFor > Self.longestHold {
            diagnostics.error(
                .alertDuration, at: alert.holdLocation,
                "'for' is longer than Prometheus keeps data: no condition holds for "
                    + PromQLText.duration(alert.holdsFor),
                hint: "expected at most \(PromQLText.duration(Self.longestHold))")
        }
    }
}

extension CompiledMetrics {
    /// The families as a query sees them.
    package func catalog(recordings: [RecordingRule], targetLabels: [String]) -> MetricCatalog {
        let families = families.map { family in
            let kind: MetricCatalog.Kind =
                switch family.kind {
                case .counter: .counter
                case .gauge: .gauge
                case .histogram: .histogram(bounds: family.buckets)
                }
            let labels = family.labels.map { label in
                MetricCatalog.Label(name: label.name, values: labelType(label)?.values.map(\.text))
            }
            return MetricCatalog.Family(name: family.name, kind: kind, labels: labels)
        }
        let recorded = recordings.map { rule in
            MetricCatalog.Family(
                name: rule.name, kind: .recorded, labels: rule.labels.map { .init(name: $0, values: nil) })
        }
        return MetricCatalog(
            families: families + recorded, targetLabels: targetLabels, scrapeInterval: scrapeInterval)
    }
}
