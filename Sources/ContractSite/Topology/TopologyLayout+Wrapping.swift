/// The places of nodes in layers that are wrapped into columns.
extension TopologyLayout {
    private static let mostRows = 32
    private static let nodeHeight = 26.0
    private static let rowGap = 6.0
    private static let columnGap = 14.0
    private static let layerGap = 90.0

    mutating func wrap(_ topology: Topology) {
        // Names are found by their order where lines can't lead to them.
        let (producers, consumers) = (topology.producers.sorted(), topology.consumers.sorted())
        let layers = [producers, topology.topics.map(\.name), consumers]
        let rows = layers.map(Self.rows).max() ?? 1
        height = Self.margin * 2 + Double(rows) * (Self.nodeHeight + Self.rowGap) - Self.rowGap
        var x = Self.margin
        services += wrapped(producers, &x).map { Service(name: $0, side: .sender, box: $1) }
        for (topic, place) in zip(topology.topics, wrapped(topology.topics.map(\.name), &x)) {
            topics.append(Topic(topic: topic, box: place.box, rows: []))
        }
        services += wrapped(consumers, &x).map { Service(name: $0, side: .receiver, box: $1) }
        width = max(x - Self.layerGap, 0) + Self.margin
    }

    /// Returns the rows of a layer, whose columns are equally long but for the last.
    private static func rows(_ names: [String]) -> Int {
        let columns = max(1, (names.count + mostRows - 1) / mostRows)
        return (names.count + columns - 1) / columns
    }

    /// Returns the places of a layer's nodes.
    ///
    /// - Parameter x: The left side of the layer; then, that of the next one.
    private func wrapped(_ names: [String], _ x: inout Double) -> [(name: String, box: Box)] {
        guard !names.isEmpty else { return [] }
        let rows = Self.rows(names)
        let step = Self.nodeHeight + Self.rowGap
        let top = (height - Double(rows) * step + Self.rowGap) / 2
        var places: [(name: String, box: Box)] = []
        for start in stride(from: 0, to: names.count, by: rows) {
            let column = Array(names[start..<min(start + rows, names.count)])
            let width = width(of: column, minimum: 8)
            for (row, name) in column.enumerated() {
                places.append((name, Box(x: x, y: top + Double(row) * step, width: width, height: Self.nodeHeight)))
            }
            x += width + Self.columnGap
        }
        x += Self.layerGap - Self.columnGap
        return places
    }
}
