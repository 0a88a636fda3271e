package import JSONTape

/// The metrics of a contract: the section `metrics` of the manifest.
package struct MetricsDeclaration: Sendable {
    /// The scrape interval of Prometheus, for checks of ranges.
    package var scrapeInterval: Located<Duration>
    /// The maximum number of series in all families; `nil` is no limit.
    package var maximumSeries: Located<Int>?
    /// The labels that Prometheus adds to every scraped series, in addition to `job` and `instance`.
    package var targetLabels: [Located<String>]
    package var families: [FamilyDeclaration]
}

/// The declaration of a metric family in the manifest.
package struct FamilyDeclaration: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case counter, gauge, histogram
    }

    package var name: Located<String>
    package var kind: Located<Kind>
    package var help: Located<String>
    /// The unit in OpenMetrics: `seconds`.
    package var unit: Located<String>?
    package var labels: [LabelDeclaration]
    /// The upper bounds of a histogram's buckets, without `+Inf`.
    package var buckets: [Located<Double>]
    /// The source of its values: an event of the producer, such as `producer.messages`, or the name of a message. With
    /// `nil`, the program updates it.
    package var source: Located<String>?
    /// The events of the message that update it; `nil` for all events.
    package var events: [Located<String>]?
    /// The place of the value of a histogram or gauge in the message.
    package var value: Located<JSONPointer>?
    /// The rules that this family may break.
    package var allowed: Allowances
}

/// The declaration of a label of a metric family.
package struct LabelDeclaration: Sendable {
    /// The limit of values of an open label. Memory for them is reserved when the program starts.
    package static let mostValues = 100_000

    package enum Values: Sendable {
        /// A dimension of the source: `topic`, `event`, `status`.
        case dimension(Located<String>)
        /// A property of the message. A property without an enum needs a maximum number of values.
        case property(Located<JSONPointer>, maximum: Located<Int>?)
        /// The values in the manifest.
        case stated([Located<String>])
        /// Any value from the program, up to a maximum number of values.
        case open(maximum: Located<Int>)
    }

    package var name: Located<String>
    package var values: Values
}
