import CRdKafka
import EventContracts

/// librdkafka's list of a record's headers.
enum RecordHeaders {
    /// Makes a list, which copies the headers.
    ///
    /// - Returns: The list, which the caller owns; `nil` for no headers.
    static func make(_ headers: [RecordHeader]) -> OpaquePointer? {
        guard !headers.isEmpty, let list = rd_kafka_headers_new(headers.count) else { return nil }
        for header in headers {
            var name = header.name
            name.withUTF8 { name in
                header.value.withUnsafeBytes { value in
                    // Fails only where a list belongs to a record already.
                    _ = name.withMemoryRebound(to: CChar.self) { name in
                        rd_kafka_header_add(list, name.baseAddress, name.count, value.baseAddress, value.count)
                    }
                }
            }
        }
        return list
    }
}
