/// The metrics of a contract. Generated code conforms to this.
public protocol ContractMetrics: ProducerMetrics {
    /// Creates the metrics, with every series that exists from the start.
    ///
    /// - Parameter mirror: Another metrics system, which receives every change.
    init(mirror: (any MetricMirror)?)

    /// All families, in the manifest's order.
    var families: [any MetricFamily] { get }
}

/// The metrics of a contract that declares none.
public final class NoMetrics: ContractMetrics {
    public init(mirror: (any MetricMirror)? = nil) {}

    public var families: [any MetricFamily] { [] }
}
