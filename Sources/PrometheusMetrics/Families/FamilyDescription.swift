/// The description of a family without its values.
public struct FamilyDescription: Sendable {
    public enum Kind: Sendable, Equatable {
        /// Counts in whole numbers.
        case counter
        /// Adds up durations, in seconds.
        case secondsCounter
        case gauge
        /// The upper bounds of the buckets, ascending and finite.
        case histogram(upperBounds: [Double])
    }

    /// The name as declared: a counter's with its `_total`.
    public let name: String
    public let help: String
    /// The base unit that the name ends in, `seconds` say: OpenMetrics writes it as a line of its own.
    public let unit: String?
    public let kind: Kind
    public let labels: [Label]
    /// The number of possible series: the product of the labels' value counts.
    public let seriesCount: Int

    let space: SeriesSpace
    let existsInitially: [Bool]
    /// The texts of the series, where they never change.
    private let closedText: SeriesText?
    private let text: FamilyText
    private let openMetrics: FamilyText

    init(
        name: String, help: String, unit: String?, kind: Kind, labels: [Label], initially: SeriesSelection
    ) {
        self.name = name
        self.help = help
        self.unit = unit
        self.kind = kind
        self.labels = labels
        space = SeriesSpace(labels)
        seriesCount = space.count
        existsInitially = initially.membership(in: space)
        closedText = labels.contains(where: \.isOpen) ? nil : SeriesText(space)
        text = FamilyText(name: name, help: help, unit: unit, kind: kind, format: .text)
        openMetrics = FamilyText(name: name, help: help, unit: unit, kind: kind, format: .openMetrics)
    }

    /// The indices of the series that exist from the start.
    public var initialIndices: [Int] { existsInitially.indices.filter { existsInitially[$0] } }

    /// Returns the values of the labels, in their order, for the series with this index; of a ``BoundedLabel``, `nil`
    /// for a value not yet seen.
    public func labelValues(at index: Int) -> [String?] {
        space.coordinates(of: index).enumerated().map { labels[$0.offset].value(at: $0.element) }
    }

    /// The labels' texts of the series that have a name by now, in the order in which they are shown.
    var seriesText: SeriesText { closedText ?? SeriesText(space) }

    func text(for format: ExpositionFormat) -> FamilyText {
        switch format {
        case .text: text
        case .openMetrics: openMetrics
        }
    }
}

extension FamilyDescription {
    /// Throws an error for a family that can't be exposed.
    func check() throws(RegistrationError) {
        guard MetricNames.isMetricName(name) else { throw .invalidMetricName(name) }
        if let unit, !MetricNames.unitBearer(self).hasSuffix("_" + unit) {
            throw .unitNotInName(unit, family: name)
        }
        var names: Set<String> = []
        for label in labels {
            guard MetricNames.isLabelName(label.name) else { throw .invalidLabelName(label.name, family: name) }
            if case .histogram = kind, label.name == "le" { throw .reservedLabel(label.name, family: name) }
            guard names.insert(label.name).inserted else { throw .repeatedLabel(label.name, family: name) }
            guard case .closed(let values) = label.values else { continue }
            var met: Set<[UInt8]> = []
            for value in values where !met.insert(Array(value.utf8)).inserted {
                throw .repeatedLabelValue(value, label: label.name, family: name)
            }
        }
    }
}
