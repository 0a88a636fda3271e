import PrometheusMetrics

/// The metrics that queries can select: what is exported, what rules record, and what Prometheus adds of its own.
package struct MetricCatalog: Sendable {
    package let families: [MetricFamily]
    /// How often the metrics are scraped, in milliseconds.
    package let scrapeInterval: Int64
    /// The labels that scraping adds to every exported series.
    package let targetLabels: [String]

    let series: [String: Series]
    /// The names of all series, in an order that is the same in each run.
    let names: [String]
    let histograms: [String: MetricFamily]

    package init(
        families: [MetricFamily],
        scrapeInterval: Int64,
        targetLabels: [String] = []
    ) {
        self.families = families
        self.scrapeInterval = scrapeInterval
        self.targetLabels = ["job", "instance"] + targetLabels

        var target = LabelSet()
        for label in self.targetLabels { target.set(label, .init(isCertain: true)) }
        var series: [String: Series] = [:]
        for name in Self.scrapeMetrics { series[name] = Series(metric: name, role: .gauge, labels: target) }
        for name in ["ALERTS", "ALERTS_FOR_STATE"] {
            var labels = LabelSet(["alertname": .init(isCertain: true)], isOpen: true)
            if name == "ALERTS" { labels.set("alertstate", .init(isCertain: true, values: ["pending", "firing"])) }
            series[name] = Series(metric: name, role: .other, labels: labels)
        }
        for family in families {
            for one in Self.series(of: family, target: target) { series[one.metric] = one }
        }
        self.series = series
        names = series.keys.sorted()
        histograms = families.reduce(into: [:]) { histograms, family in
            if case .histogram = family.kind { histograms[family.name] = family }
        }
    }

    /// A range that holds enough scrapes even when one fails: four.
    var comfortableWindow: Int64 {
        let (product, isTooLarge) = scrapeInterval.multipliedReportingOverflow(by: 4)
        return isTooLarge ? .max : product
    }

    /// What Prometheus records of each scrape.
    private static let scrapeMetrics = [
        "up", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling",
        "scrape_series_added",
    ]

    /// One name that can be selected.
    struct Series: Sendable {
        enum Role: Sendable { case counter, gauge, buckets, other }

        var metric: String
        var role: Role
        var labels: LabelSet
        /// Labels all of whose values are there whatever the others are.
        var independentLabels: Set<String> = []
        /// Whether there is a series for each value of each label from the start.
        var isComplete = false

        init(metric: String, role: Role, labels: LabelSet) {
            (self.metric, self.role, self.labels) = (metric, role, labels)
            self.labels.set(LabelSet.metricName, .init(isCertain: true, values: [metric]))
        }
    }

    private static func series(of family: MetricFamily, target: LabelSet) -> [Series] {
        var labels = family.kind == .recorded ? LabelSet() : target
        for label in family.labels {
            labels.set(label.name, .init(isCertain: true, values: label.values.closed.map(Set.init)))
        }
        func series(_ suffix: String, _ role: Series.Role) -> Series {
            var series = Series(metric: family.name + suffix, role: role, labels: labels)
            series.independentLabels = Set(family.labels.filter(\.isIndependent).map(\.name))
            // Values of an open label come with what happens.
            series.isComplete = family.kind != .recorded && family.labels.allSatisfy { $0.values != .open }
            return series
        }
        switch family.kind {
        case .counter: return [series("", .counter)]
        case .gauge: return [series("", .gauge)]
        case .recorded: return [series("", .other)]
        case .histogram(let buckets):
            var counted = series("_bucket", .buckets)
            counted.labels.set("le", .init(isCertain: true, values: boundValues(buckets)))
            counted.independentLabels.insert("le")
            // OpenMetrics leaves these out where a bound is below zero: what can shrink is no counter.
            guard buckets.allSatisfy({ $0 >= 0 }) else { return [counted] }
            return [counted, series("_sum", .counter), series("_count", .counter)]
        }
    }

    /// The values of `le`, as Prometheus stores them: it asks for OpenMetrics, in which a whole number is `1.0`.
    private static func boundValues(_ buckets: [Double]) -> Set<String> {
        Set(buckets.map(NumberText.canonical)).union(["+Inf"])
    }
}

/// A metric as its exporter declares it, or a series that a rule records.
package struct MetricFamily: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case counter
        case gauge
        /// Exports `_bucket`, `_sum` and `_count`.
        case histogram(buckets: [Double])
        /// The result of a recording rule, which carries the labels that are listed and no others.
        case recorded
    }

    package struct Label: Equatable, Sendable {
        package enum Values: Equatable, Sendable {
            case closed([String])
            case open

            var closed: [String]? {
                switch self {
                case .closed(let values): values
                case .open: nil
                }
            }
        }

        package var name: String
        package var values: Values
        /// Whether all values occur with whatever the other labels are; an event, say, belongs to one topic.
        package var isIndependent: Bool

        package init(_ name: String, _ values: Values, isIndependent: Bool = false) {
            self.name = name
            self.values = values
            self.isIndependent = isIndependent
        }
    }

    package var name: String
    package var kind: Kind
    package var labels: [Label]

    package init(_ name: String, _ kind: Kind, labels: [Label] = []) {
        self.name = name
        self.kind = kind
        self.labels = labels
    }
}
