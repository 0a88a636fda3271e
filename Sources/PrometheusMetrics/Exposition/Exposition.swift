/// The response to a scrape, in chunks. Each chunk is written when it is requested, so that a registry of any size takes
/// little memory, and a slow reader blocks nothing.
///
/// ```swift
/// let format = ExpositionFormat(accept: request.headers["accept"])
/// for chunk in metrics.exposition(as: format) { try await body.write(chunk) }
/// ```
///
/// Neither format carries timestamps, nor OpenMetrics' optional `_created` samples, which Prometheus by default would
/// only store as series of their own.
public struct Exposition: Sequence, Sendable {
    let families: [any MetricFamily]
    let format: ExpositionFormat

    /// Creates the exposition of families. Conflicts between them are not checked: a ``MetricRegistry`` does that.
    public init(of families: [any MetricFamily], as format: ExpositionFormat = .text) {
        self.families = families
        self.format = format
    }

    /// A chunk is handed over once it has this many bytes, and may exceed it by one series' samples or a family's header.
    static let chunkSize = 32 * 1024

    public func makeIterator() -> Iterator {
        Iterator(self)
    }

    /// All chunks in one.
    public var bytes: [UInt8] { reduce(into: []) { $0 += $1 } }

    /// All chunks as one text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public struct Iterator: IteratorProtocol {
        private let exposition: Exposition
        private var writer = ExpositionWriter()
        private var remaining: ArraySlice<any MetricFamily>
        /// The family that is being written, its series, and which of these comes next.
        private var current: (family: any MetricFamily, text: SeriesText, position: Int)?
        private var isOver = false

        init(_ exposition: Exposition) {
            self.exposition = exposition
            remaining = exposition.families[...]
        }

        public mutating func next() -> [UInt8]? {
            guard !isOver else { return nil }
            writer.reserve(Exposition.chunkSize + 1024)
            while writer.bytes.count < Exposition.chunkSize, !isOver {
                if current != nil {
                    writeSeries()
                } else if let family = remaining.popFirst() {
                    writer.begin(family.description.text(for: exposition.format))
                    current = (family, family.description.seriesText, 0)
                } else {
                    if exposition.format == .openMetrics { writer.writeEnd() }
                    isOver = true
                }
            }
            return writer.bytes.isEmpty ? nil : writer.take()
        }

        /// Writes series of the current family until there are no more or the chunk is full.
        private mutating func writeSeries() {
            guard let (family, text, start) = current else { return }
            var position = start
            while position < text.count, writer.bytes.count < Exposition.chunkSize {
                family.writeSamples(
                    ofSeriesAt: text.indices[position], labels: text.labels(at: position), to: &writer)
                position += 1
            }
            if position == text.count { current = nil } else { current?.position = position }
        }
    }
}
