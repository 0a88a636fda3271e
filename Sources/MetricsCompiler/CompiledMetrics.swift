package import ContractModel
package import SchemaCompiler

/// The metric families of a contract, with the possible values of each label.
package struct CompiledMetrics: Sendable {
    package let scrapeInterval: Duration
    package let families: [CompiledFamily]
    /// The types of labels with closed sets of values, without duplicates.
    package let labelTypes: [LabelType]
    /// The topics and events of the messages.
    package let routes: [MessageRoute]
    private let familiesByName: [String: Int]
    private let labelTypesByName: [String: Int]

    init(scrapeInterval: Duration, families: [CompiledFamily], labelTypes: [LabelType], routes: [MessageRoute]) {
        self.scrapeInterval = scrapeInterval
        self.routes = routes
        self.families = families
        self.labelTypes = labelTypes
        familiesByName = Dictionary(zip(families.map(\.name), families.indices)) { first, _ in first }
        labelTypesByName = Dictionary(zip(labelTypes.map(\.name), labelTypes.indices)) { first, _ in first }
    }

    /// The maximum number of series in all families.
    package var maximumSeries: Int { families.reduce(0) { $0.saturatingSum($1.maximumSeries) } }
    /// The number of series that exist from the start.
    package var initialSeries: Int { families.reduce(0) { $0.saturatingSum($1.initialSeries) } }

    package subscript(family: String) -> CompiledFamily? { familiesByName[family].map { families[$0] } }

    package func labelType(_ label: CompiledLabel) -> LabelType? {
        guard case .closed(let name) = label.values else { return nil }
        return labelTypesByName[name].map { labelTypes[$0] }
    }
}

/// A message with its topic and its events, as labels show them.
package struct MessageRoute: Hashable, Sendable {
    package var message: String
    package var topic: String
    package var events: [String]
}

/// A metric family with its Swift names.
package struct CompiledFamily: Sendable {
    package var declaration: FamilyDeclaration
    /// `kafkaMessagesProduced`.
    package var memberName: String
    package var source: MetricSource?
    /// The events of the source's message that drive it, in the message's order; `nil` where all of them do.
    package var events: [CompiledEvent]?
    package var labels: [CompiledLabel]
    /// The property of a message that is observed.
    package var value: PropertyPath?
    /// The most combinations of label values, times the series that a histogram has for each.
    package var maximumSeries: Int
    /// The same, of combinations that the contract makes happen.
    package var initialSeries: Int
    /// The series of a family from a message that can happen; `nil` where all combinations of label values can.
    package var initialGroups: [SeriesGroup]?

    package var name: String { declaration.name.value }
    package var kind: FamilyDeclaration.Kind { declaration.kind.value }
    package var buckets: [Double] { declaration.buckets.map(\.value) }
}

/// A label of a family.
package struct CompiledLabel: Sendable {
    package enum Values: Sendable {
        /// A ``LabelType``, by name.
        case closed(String)
        /// Any values, up to a maximum number; the others are `other`.
        case open(maximum: Int)
    }

    package var name: String
    /// `messageType`.
    package var memberName: String
    package var values: Values
    /// The source of its values; `nil` if the program sets them.
    package var origin: Origin?

    package enum Origin: Sendable {
        case dimension(MetricDimension)
        case property(PropertyPath)
    }
}

/// A closed set of label values, and the Swift enum that it becomes.
package struct LabelType: Hashable, Sendable {
    package struct Value: Hashable, Sendable {
        package var text: String
        package var caseName: String
    }

    /// `TopicLabel`.
    package var name: String
    package var summary: String
    package var values: [Value]

    package static let otherText = "other"

    static func withOther(_ values: [String]) -> [String] {
        values.contains(otherText) ? values : values + [otherText]
    }
}
