import JSONTape

/// The places that the lines of a file take.
enum JSONLinesHistory {
    /// The longest line that is parsed as a whole, in bytes. Of a longer one, its start is enough.
    private static let maximumLineSize = 1 << 20

    /// Reads a file to its end, and notes the place that each line takes. Ignores lines of other programs.
    ///
    /// - Returns: Whether the file ends inside a line.
    static func read(_ file: OpenFile, into topics: inout TopicTable) throws(SystemCallError) -> Bool {
        var tape = JSONTape()
        var line: [UInt8] = []
        var endsInsideLine = false
        while true {
            let chunk = try file.read(upTo: 1 << 16)
            guard !chunk.isEmpty else { return endsInsideLine }
            var rest = chunk[...]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                append(rest[..<end], to: &line)
                notePlace(of: line, tape: &tape, topics: &topics)
                line.removeAll(keepingCapacity: true)
                rest = rest[(end + 1)...]
            }
            append(rest, to: &line)
            endsInsideLine = !line.isEmpty
        }
    }

    /// Keeps one byte more than a line may have, so that a longer line is known as such.
    private static func append(_ bytes: ArraySlice<UInt8>, to line: inout [UInt8]) {
        line += bytes.prefix(maximumLineSize + 1 - line.count)
    }

    private static func notePlace(of line: [UInt8], tape: inout JSONTape, topics: inout TopicTable) {
        let text = line.count > maximumLineSize ? start(of: line) : line
        guard (try? tape.parse(text)) != nil,
            let topic = tape.member(named: "topic", of: .root), tape.kind(at: topic) == .string,
            let partition = tape.member(named: "partition", of: .root),
            let offset = tape.member(named: "offset", of: .root),
            let partitionNumber = tape.integer(at: partition), let offsetNumber = tape.integer(at: offset)
        else { return }
        topics.skip(topic: tape.string(at: topic), partition: partitionNumber, through: Int64(offsetNumber))
    }

    /// Returns the members of a line up to its offset, as an object. Inside of a string, the quotes of the name that
    /// comes next would be escaped.
    private static func start(of line: [UInt8]) -> [UInt8] {
        let next = Array(",\"timestamp\":".utf8)
        guard let end = line.firstRange(of: next)?.lowerBound else { return [] }
        return line[..<end] + [UInt8(ascii: "}")]
    }
}
