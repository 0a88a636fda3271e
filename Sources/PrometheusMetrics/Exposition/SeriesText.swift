/// The labels of a family's series as they are written, `topic="tda_jobs",status="success"`, put together once, so that
/// a scrape only copies them.
struct SeriesText: Sendable {
    /// The series' indices, in the order in which they are shown.
    private(set) var indices: [Int] = []
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    var count: Int { indices.count }

    init(_ space: SeriesSpace) {
        let values = space.labels.map { label in
            label.numberedValues.map { ($0.index, Array("\(label.name)=\"".utf8) + Escaping.labelValue($0.value)) }
        }
        append(values[...], sizes: space.labels.map(\.count)[...], index: 0, prefix: [])
    }

    func labels(at position: Int) -> ArraySlice<UInt8> {
        bytes[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
    }

    private mutating func append(
        _ values: ArraySlice<[(Int, [UInt8])]>, sizes: ArraySlice<Int>, index: Int, prefix: [UInt8]
    ) {
        guard let first = values.first, let size = sizes.first else {
            indices.append(index)
            bytes += prefix
            ends.append(bytes.count)
            return
        }
        for (number, text) in first {
            let comma: [UInt8] = prefix.isEmpty ? [] : [UInt8(ascii: ",")]
            append(
                values.dropFirst(), sizes: sizes.dropFirst(), index: index * size + number,
                prefix: prefix + comma + text + [UInt8(ascii: "\"")])
        }
    }
}
