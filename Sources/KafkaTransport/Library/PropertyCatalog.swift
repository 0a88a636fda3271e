import CRdKafka

/// The configuration properties of the librdkafka that is loaded, as the library itself lists them.
struct PropertyCatalog: Sendable {
    /// A property's use and range.
    struct Property: Hashable, Sendable {
        /// Whether only consumers have it.
        var isForConsumers: Bool
        /// The values that it takes, in the library's words: `0 .. 900000`, `none, gzip, snappy`; empty where any.
        var range: String
        /// Whether it is set by a function rather than by text.
        var isFunction: Bool
    }

    /// The properties by name.
    let properties: [String: Property]

    /// The properties of the library in this process.
    static let current = PropertyCatalog(table: libraryTable())

    /// The names that a producer can set by text, sorted.
    var producerNames: [String] {
        properties.filter { !$0.value.isForConsumers && !$0.value.isFunction }.keys.sorted()
    }

    /// Reads the table that librdkafka prints: a property on a line, columns with `|` between.
    init(table: String) {
        var properties: [String: Property] = [:]
        for line in table.split(separator: "\n") {
            let columns = line.split(separator: "|", maxSplits: 5, omittingEmptySubsequences: false).map(Self.trimmed)
            guard columns.count == 6, ["*", "C", "P"].contains(columns[1]) else { continue }
            let isForConsumers = columns[1] == "C" && properties[columns[0]]?.isForConsumers != false
            properties[columns[0]] = Property(
                isForConsumers: isForConsumers, range: columns[2],
                isFunction: columns[5].hasSuffix("*Type: see dedicated API*") || columns[5].hasSuffix("*Type: pointer*")
            )
        }
        self.properties = properties
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text.drop { $0 == " " }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }

    /// Lets the library print its table into memory.
    private static func libraryTable() -> String {
        var text: UnsafeMutablePointer<CChar>?
        var length = 0
        // Both variables outlive the stream, which is closed below; the memory is then ours to free.
        return withUnsafeMutablePointer(to: &text) { text in
            withUnsafeMutablePointer(to: &length) { length in
                guard let stream = open_memstream(text, length) else { return "" }
                rd_kafka_conf_properties_show(stream)
                fclose(stream)
                defer { free(text.pointee) }
                return text.pointee.map { String(cString: $0) } ?? ""
            }
        }
    }
}
