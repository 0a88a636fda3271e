#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import JSONTape

/// A record and its place as one line of JSON.
enum JSONLine {
    /// Returns the line, with the newline that ends it.
    ///
    /// - Parameter tape: Memory to parse the value in, used again from line to line.
    static func make(_ record: Record, at delivery: Delivery, tape: inout JSONTape) throws(JSONEncodingError) -> [UInt8]
    {
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        writer.key("topic")
        writer.write(delivery.topic)
        writer.key("partition")
        writer.write(Int(delivery.partition))
        writer.key("offset")
        writer.write(delivery.offset)
        writer.key("timestamp")
        writer.write(delivery.timestamp)
        writer.key("key")
        if let key = record.key { write(key, to: &writer) } else { writer.write(literal: "null") }
        writer.key("headers")
        writer.beginArray()
        for header in record.headers {
            writer.element()
            writer.beginObject()
            writer.key("name")
            writer.write(header.name)
            writer.key("value")
            write(header.value, to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.key("value")
        if let value = record.value, isEmbeddable(value, tape: &tape) {
            var line = try writer.text()
            line.reserveCapacity(line.count + value.count + 2)
            // JSON allows line breaks only between tokens: replace them by spaces to write one line.
            for byte in value {
                line.append(byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") ? UInt8(ascii: " ") : byte)
            }
            line.append(UInt8(ascii: "}"))
            line.append(UInt8(ascii: "\n"))
            return line
        }
        if let value = record.value { writeBase64(value, to: &writer) } else { writer.write(literal: "null") }
        writer.endObject()
        var line = try writer.text()
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// Returns whether a value is JSON, and not such that it reads as one written in Base64 or as the lack of one.
    private static func isEmbeddable(_ value: [UInt8], tape: inout JSONTape) -> Bool {
        guard (try? tape.parse(value)) != nil, tape.kind(at: .root) != .null else { return false }
        return tape.kind(at: .root) != .object || tape.count(at: .root) != 1
            || tape.member(named: "base64", of: .root) == nil
    }

    private static func write(_ bytes: [UInt8], to writer: inout JSONWriter) {
        if let text = String(validating: bytes, as: UTF8.self) {
            writer.write(text)
        } else {
            writeBase64(bytes, to: &writer)
        }
    }

    private static func writeBase64(_ bytes: [UInt8], to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("base64")
        writer.write(Data(bytes).base64EncodedString())
        writer.endObject()
    }
}
