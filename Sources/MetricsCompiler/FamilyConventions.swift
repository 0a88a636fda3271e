import ContractModel

/// Checks a family's names against the rules of Prometheus and against its conventions
/// (prometheus.io/docs/practices/naming).
struct FamilyConventions {
    private let family: FamilyDeclaration
    /// The prefix of the contract's metrics: `shop`.
    private let prefix: String
    private var allowances: Allowances
    /// The labels that Prometheus adds when it scrapes.
    private let targetLabels: Set<String>

    init(_ family: FamilyDeclaration, in contract: Contract) {
        self.family = family
        prefix = contract.name.value.lowercased()
        allowances = family.allowed
        targetLabels = Set(["job", "instance"] + (contract.metrics?.targetLabels.map(\.value) ?? []))
    }

    mutating func check(diagnostics: inout Diagnostics) {
        checkName(diagnostics: &diagnostics)
        checkUnit(diagnostics: &diagnostics)
        checkStyle(diagnostics: &diagnostics)
        checkLabels(diagnostics: &diagnostics)
        checkBuckets(diagnostics: &diagnostics)
        allowances.note(in: &diagnostics)
    }

    /// Reports a name that Prometheus allows but advises against, unless `allow` permits it.
    private mutating func advise(
        at location: SourceLocation? = nil, _ message: String, hint: String?, diagnostics: inout Diagnostics
    ) {
        if allowances.excuses(.metricName) { return }
        diagnostics.error(.metricName, at: location ?? family.name.location, message, hint: hint)
    }

    /// Reports an error that `allow` can't permit. An `allow` of the rule is then not reported as unused.
    private mutating func refuse(_ message: String, hint: String, diagnostics: inout Diagnostics) {
        _ = allowances.excuses(.metricName)
        diagnostics.error(.metricName, at: family.name.location, message, hint: hint)
    }

    // MARK: Names

    private mutating func checkName(diagnostics: inout Diagnostics) {
        let name = family.name.value
        guard Self.isName(name) else {
            refuse(
                "invalid metric name '\(name)'",
                hint: "expected ASCII letters, digits and '_', no digit first; ':' is for recording rules",
                diagnostics: &diagnostics)
            return
        }
        checkReserved(diagnostics: &diagnostics)
        // No convention, where OpenMetrics is shown: it gives the sample the ending, and queries would miss it.
        if family.kind.value == .counter, !name.hasSuffix("_total") {
            let stem = name.lowercased().hasSuffix("_total") ? String(name.dropLast("_total".count)) : name
            refuse(
                "the counter '\(name)' does not end in '_total'", hint: "did you mean '\(stem)_total'?",
                diagnostics: &diagnostics)
        }
        if family.kind.value != .counter, name.hasSuffix("_total") {
            advise(
                "'\(name)' ends in '_total', as counters do, but is a \(family.kind.value.rawValue)",
                hint: "remove '_total', or write 'type: counter'", diagnostics: &diagnostics)
        } else if name.hasSuffix("_total_total") {
            advise("'\(name)' ends in '_total' twice", hint: "once is enough", diagnostics: &diagnostics)
        }
    }

    /// The series that Prometheus writes for each scrape and for alerts.
    private static let ownSeries: Set<String> = ["up", "ALERTS", "ALERTS_FOR_STATE"]

    private mutating func checkReserved(diagnostics: inout Diagnostics) {
        let name = family.name.value
        if Self.ownSeries.contains(name) || name.hasPrefix("scrape_") {
            refuse(
                "'\(name)' is a name that Prometheus keeps for series of its own",
                hint: "put the contract's name before it: '\(prefix)_\(name.lowercased())'", diagnostics: &diagnostics)
        }
        if let ending = ["_bucket", "_sum", "_count", "_created"].first(where: name.hasSuffix) {
            refuse(
                "'\(name)' ends in '\(ending)', which histograms' series do", hint: "choose another ending",
                diagnostics: &diagnostics)
        }
    }

    private mutating func checkUnit(diagnostics: inout Diagnostics) {
        let name = family.name.value
        var words = name.split(separator: "_").map { $0.lowercased() }
        if words.last == "total" { words.removeLast() }
        for (index, word) in words.enumerated().dropFirst() {
            guard let base = MetricUnit.base(insteadOf: word),
                index == words.count - 1 || !MetricUnit.ambiguous.contains(word)
            else { continue }
            advise(
                "'\(name)' has the unit \(word), which is not a base unit",
                hint: "measure in \(base), and end the name in '_\(base)'", diagnostics: &diagnostics)
        }
        guard let unit = family.unit else { return }
        if !MetricUnit.all.contains(unit.value) {
            advise(
                at: unit.location, "'\(unit.value)' is not a base unit",
                hint: MetricUnit.base(insteadOf: unit.value).map { "measure in \($0)" }
                    ?? Suggestion.hint(for: unit.value, among: MetricUnit.all), diagnostics: &diagnostics)
            return
        }
        let stem = name.hasSuffix("_total") ? String(name.dropLast("_total".count)) : name
        if !stem.hasSuffix("_" + unit.value) {
            advise(
                at: unit.location, "the unit is '\(unit.value)', but '\(name)' does not end in it",
                hint: "end the name in '_\(unit.value)\(family.kind.value == .counter ? "_total" : "")'",
                diagnostics: &diagnostics)
        }
    }

    /// Words that repeat the family's type.
    private static let typeWords: Set<String> = ["counter", "gauge", "histogram", "summary"]

    private mutating func checkStyle(diagnostics: inout Diagnostics) {
        let name = family.name.value
        if name.contains(/[a-z][A-Z]/) {
            advise(
                "'\(name)' is not written in snake_case",
                hint: "write words in small letters, with '_' between them", diagnostics: &diagnostics)
        }
        if let word = name.split(separator: "_").first(where: { Self.typeWords.contains($0.lowercased()) }) {
            advise(
                "'\(name)' repeats the type in '\(word)'", hint: "remove it from the name",
                diagnostics: &diagnostics)
        }
    }

    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first == UInt8(ascii: "_") || isLetter(first) else { return false }
        return name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || isLetter($0) || isDigit($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    // MARK: Labels and buckets

    private func checkLabels(diagnostics: inout Diagnostics) {
        for label in family.labels {
            let name = label.name.value
            if !ManifestNames.isLabelName(name) {
                diagnostics.error(
                    .metricLabel, at: label.name.location, "invalid label name '\(name)'",
                    hint: ManifestNames.labelNames)
            } else if family.kind.value == .histogram, name == "le" {
                diagnostics.error(
                    .metricLabel, at: label.name.location, "a histogram's own label is called 'le'",
                    hint: "choose another name")
            } else if name == "quantile" || name == "le" {
                diagnostics.error(
                    .metricLabel, at: label.name.location, "the label '\(name)' belongs to summaries and histograms",
                    hint: "choose another name")
            } else if name.contains(/[a-z][A-Z]/) {
                diagnostics.error(
                    .metricLabel, at: label.name.location, "the label '\(name)' is not written in snake_case",
                    hint: "write words in small letters, with '_' between them")
            } else if targetLabels.contains(name) {
                diagnostics.error(
                    .metricLabel, at: label.name.location, "Prometheus sets the label '\(name)' itself when it scrapes",
                    hint: "choose another name")
            }
        }
    }

    private func checkBuckets(diagnostics: inout Diagnostics) {
        guard family.kind.value == .histogram else {
            if let bucket = family.buckets.first {
                diagnostics.error(
                    .metricBuckets, at: bucket.location, "only a histogram has buckets", hint: "remove 'buckets'")
            }
            return
        }
        if family.buckets.isEmpty {
            diagnostics.error(
                .metricBuckets, at: family.name.location, "the histogram '\(family.name.value)' has no buckets",
                hint: "add 'buckets:' with upper bounds, such as [0.01, 0.1, 1]")
        }
        for (bucket, next) in zip(family.buckets, family.buckets.dropFirst()) where next.value <= bucket.value {
            diagnostics.error(
                .metricBuckets, at: next.location, "\(next.value) is not more than the bound before it",
                hint: "list the upper bounds in ascending order")
        }
    }
}
