import ContractModel
package import SchemaCompiler

/// The source of a metric family.
package indirect enum MetricSource: Sendable {
    /// Something that happens in the producer.
    case producer(ProducerEvent)
    /// Each delivery of a message of this type.
    case message(CompiledMessage)
}

/// An event in a producer, with the name in the manifest after `producer.`.
package enum ProducerEvent: String, CaseIterable, Sendable {
    /// A message's outcome is known.
    case messages
    /// A message was not delivered.
    case failures
    /// The seconds from hand-over to outcome.
    case latency
    /// The bytes of a delivered value.
    case bytes
    /// The state of the connection: 1 while the transport can be reached, otherwise 0.
    case connection
    /// Messages handed to the transport that it has not answered for.
    case inFlight = "in_flight"
    /// Messages that wait in the background.
    case queueDepth = "queue_depth"
    /// Messages that may wait in the background.
    case queueCapacity = "queue_capacity"
    /// A message is tried again.
    case retries
    /// A message breaks its contract, counted for each rule that it breaks.
    case invalid
    /// The time at which a message was last delivered, in seconds since 1970.
    case lastSuccess = "last_success"

    package var manifestName: String { "producer." + rawValue }

    package var kind: MetricKind {
        switch self {
        case .messages, .failures, .bytes, .retries, .invalid: .counter
        case .latency: .histogram
        case .connection, .inFlight, .queueDepth, .queueCapacity, .lastSuccess: .gauge
        }
    }

    package var dimensions: [MetricDimension] {
        switch self {
        case .messages, .latency: [.topic, .event, .message, .status]
        case .failures: [.topic, .event, .message, .reason]
        case .bytes, .retries, .lastSuccess: [.topic, .event, .message]
        case .invalid: [.event, .message, .rule]
        case .connection: [.component]
        case .inFlight, .queueDepth, .queueCapacity: []
        }
    }
}

/// A dimension of a source.
package enum MetricDimension: String, CaseIterable, Sendable {
    case topic, event, message, status, reason, rule, component

    /// The Swift type of its values: `TopicLabel`.
    package var typeName: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() + "Label" }
}
