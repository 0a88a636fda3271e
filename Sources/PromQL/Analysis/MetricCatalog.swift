import PrometheusMetrics

/// The metrics that expressions can select: exported families, recorded series, and metrics that Prometheus adds.
package struct MetricCatalog: Sendable {
    package let families: [MetricFamily]
    package let scrapeInterval: Duration
    /// The labels that scraping adds to every exported series.
    package let targetLabels: [String]

    /// The label that distinguishes the processes of a service.
    static let processLabel = "instance"

    let series: [String: Series]
    /// The sorted names of all series.
    let names: [String]
    let histograms: [String: MetricFamily]

    package init(
        families: [MetricFamily],
        scrapeInterval: Duration,
        targetLabels: [String] = []
    ) {
        self.families = families
        self.scrapeInterval = scrapeInterval
        self.targetLabels = ["job", Self.processLabel] + targetLabels

        var target = LabelSet()
        for label in self.targetLabels { target.set(label, .init(isCertain: true)) }
        var series: [String: Series] = [:]
        for name in Self.scrapeMetrics {
            var one = Series(metric: name, role: .gauge, labels: target)
            one.values = name == "up" ? ValueRange(0, 1) : .notNegative
            one.isComplete = true
            series[name] = one
        }
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

    /// Returns whether a metric is exported or added by a scrape; others, such as `ALERTS`, are written by rules.
    package func isScraped(_ name: String) -> Bool {
        guard let series = series[name], !name.hasPrefix("ALERTS") else { return false }
        return !recorded.contains(series.metric)
    }

    private var recorded: Set<String> { Set(families.filter { $0.kind == .recorded }.map(\.name)) }

    /// The metrics that Prometheus records for each scrape.
    private static let scrapeMetrics = [
        "up", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling",
        "scrape_series_added",
    ]

    /// The series of one name.
    struct Series: Sendable {
        enum Role: Sendable { case counter, gauge, buckets, other }

        var metric: String
        var role: Role
        var labels: LabelSet
        /// Labels whose values occur in combination with all values of other labels.
        var independentLabels: Set<String> = []
        /// Whether a series exists for each value of each label from the start.
        var isComplete = false
        var values = ValueRange.all
        var quantity = ResultValues.Quantity.other
        var isShare = false
        /// Whether all values are whole numbers.
        var isWhole = false
        /// The combinations of values of labels that can occur; empty if all can.
        var combinations: [[String: Set<String>]] = []

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
            // The series of an open label are created at run time.
            series.isComplete = family.kind != .recorded && family.labels.allSatisfy { $0.values != .open }
            series.values = family.values ?? (role == .counter || role == .buckets ? .notNegative : .all)
            series.isWhole = family.isWhole && suffix != "_sum" || ["_bucket", "_count"].contains(suffix)
            series.combinations = family.combinations
            series.isShare = family.kind == .recorded && family.values == ValueRange(0, 1)
            if let moment = family.moment { series.quantity = moment == .past ? .past : .moment }
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
            // OpenMetrics omits these if a bound is negative: the sum is not a counter then.
            guard buckets.allSatisfy({ $0 >= 0 }) else { return [counted] }
            return [counted, series("_sum", .counter), series("_count", .counter)]
        }
    }

    /// Returns the values of `le` as Prometheus stores them. It requests OpenMetrics, which formats whole numbers as
    /// `1.0`.
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
        /// The result of a recording rule, with exactly the listed labels.
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
        /// Whether all values occur in combination with all values of other labels. An event, for example, belongs to one topic.
        package var isIndependent: Bool

        package init(_ name: String, _ values: Values, isIndependent: Bool = false) {
            self.name = name
            self.values = values
            self.isIndependent = isIndependent
        }
    }

    /// A gauge whose values are moments, in seconds since 1970.
    package enum Moment: Equatable, Sendable {
        case past
        /// In the past or the future.
        case any
    }

    package var name: String
    package var kind: Kind
    package var labels: [Label]
    /// The range of the values of a gauge or a recorded series; `nil` if it is unknown.
    package var values: ValueRange?
    package var moment: Moment?
    /// Whether all values are whole numbers.
    package var isWhole: Bool
    /// The combinations of values of labels that can occur; a label that a combination lacks can have any value. Empty if
    /// all combinations can occur.
    package var combinations: [[String: Set<String>]]

    package init(
        _ name: String, _ kind: Kind, labels: [Label] = [], values: ValueRange? = nil, moment: Moment? = nil,
        isWhole: Bool = false, combinations: [[String: Set<String>]] = []
    ) {
        self.name = name
        self.kind = kind
        self.labels = labels
        self.values = values
        self.moment = moment
        self.isWhole = isWhole
        self.combinations = combinations
    }
}
