/// A text format that Prometheus scrapes.
public enum ExpositionFormat: Sendable, CaseIterable {
    /// Prometheus's own text format, version 0.0.4.
    case text
    /// OpenMetrics 1.0.0.
    case openMetrics

    /// The value of the response's `Content-Type` header.
    public var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// Chooses the format of the response to a request with this `Accept` header (RFC 9110, section 12.5.1).
    ///
    /// OpenMetrics is chosen where the header wants it no less than the older text, and does so by its name or leaves no
    /// other choice. In all other cases, without a header or with one that can't be read, it is the older text, which
    /// every reader knows.
    public init(accept: String?) {
        let ranges = MediaRange.parse(accept ?? "")
        let openMetrics = ranges.preference(
            type: "application", subtype: "openmetrics-text", versions: ["1.0.0"])
        let text = ranges.preference(type: "text", subtype: "plain", versions: ["0.0.4"])
        let isWanted = openMetrics.quality > 0 && openMetrics.quality >= text.quality
        self = isWanted && (openMetrics.isNamed || text.quality == 0) ? .openMetrics : .text
    }
}
