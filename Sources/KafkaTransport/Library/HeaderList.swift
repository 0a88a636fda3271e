import CRdKafka
import EventContracts

/// librdkafka's list of a record's headers.
enum HeaderList {
    /// Creates a list, which copies the headers.
    ///
    /// - Returns: The list, which the caller owns; `nil` for no headers.
    static func make(_ record: OutboundRecord) -> OpaquePointer? {
        guard record.headerCount > 0, let list = rd_kafka_headers_new(record.headerCount) else { return nil }
        record.forEachHeader { name, value in
            // Fails only where a list belongs to a record already.
            _ = rd_kafka_header_add(
                list, name.assumingMemoryBound(to: CChar.self).baseAddress, name.count, value.baseAddress, value.count)
        }
        return list
    }
}
