package import JSONTape

/// What a contract measures: the manifest's section `metrics`.
package struct MetricsDeclaration: Sendable {
    /// How often Prometheus scrapes, in milliseconds: what the ranges of queries are held against.
    package var scrapeInterval: Located<Int>
    /// The most series that all families together may have; `nil` sets no limit.
    package var maximumSeries: Located<Int>?
    package var families: [FamilyDeclaration]
    /// Labels that Prometheus adds to every series when it scrapes, beside `job` and `instance`.
    package var targetLabels: [Located<String>]

    package init(
        scrapeInterval: Located<Int>, maximumSeries: Located<Int>?, targetLabels: [Located<String>],
        families: [FamilyDeclaration]
    ) {
        self.scrapeInterval = scrapeInterval
        self.targetLabels = targetLabels
        self.maximumSeries = maximumSeries
        self.families = families
    }
}

/// A metric family, as the manifest declares it.
package struct FamilyDeclaration: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case counter, gauge, histogram
    }

    package var name: Located<String>
    package var kind: Located<Kind>
    package var help: Located<String>
    /// OpenMetrics' unit: `seconds`.
    package var unit: Located<String>?
    package var labels: [LabelDeclaration]
    /// The upper bounds of a histogram's buckets, without `+Inf`.
    package var buckets: [Located<Double>]
    /// What drives it: an event of the producer, such as `producer.messages`, or a message's name; `nil` leaves that to
    /// the program.
    package var source: Located<String>?
    /// The events of the message that drive it; `nil` for all of them.
    package var events: [Located<String>]?
    /// Where a message has the value that a histogram or a gauge takes.
    package var value: Located<JSONPointer>?
    /// Rules that this family is excused from.
    package var allowed: Allowances

    package init(
        name: Located<String>, kind: Located<Kind>, help: Located<String>, unit: Located<String>?,
        labels: [LabelDeclaration], buckets: [Located<Double>], source: Located<String>?,
        events: [Located<String>]?, value: Located<JSONPointer>?, allowed: Allowances
    ) {
        self.name = name
        self.kind = kind
        self.help = help
        self.unit = unit
        self.labels = labels
        self.buckets = buckets
        self.source = source
        self.events = events
        self.value = value
        self.allowed = allowed
    }
}

/// A label of a family, and where its values come from.
package struct LabelDeclaration: Sendable {
    package enum Values: Sendable {
        /// What the source tells of: `topic`, `event`, `status`.
        case dimension(Located<String>)
        /// A property of the message; one that is no enum needs a limit to its values.
        case property(Located<JSONPointer>, maximum: Located<Int>?)
        /// Values that are written down.
        case stated([Located<String>])
        /// Whatever the program gives, up to a number of values.
        case open(maximum: Located<Int>)
    }

    package var name: Located<String>
    package var values: Values

    package init(name: Located<String>, values: Values) {
        self.name = name
        self.values = values
    }
}
