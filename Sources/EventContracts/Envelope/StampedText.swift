/// A string of an envelope's pattern, such as `"job-\(jobID)-\(stamp.id)"`.
///
/// Generated code makes a string through this type, which puts the parts together on the stack. A string that is interpolated
/// grows in steps, and makes a string of each part.
public struct StampedText: ExpressibleByStringInterpolation, Sendable {
    /// The text.
    public let string: String

    public init(stringLiteral value: String) {
        string = value
    }

    public init(stringInterpolation: StringInterpolation) {
        string = stringInterpolation.text
    }

    /// The text while it is put together.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        /// Room for a usual text of an envelope.
        private typealias Words = (
            UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64,
            UInt64, UInt64, UInt64
        )

        private var words: Words = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        private var count = 0
        /// The text once it has no room in `words`.
        private var long: String?

        public init(literalCapacity: Int, interpolationCount: Int) {}

        var text: String {
            if let long { return long }
            return withUnsafeBytes(of: words) { bytes in
                String(unsafeUninitializedCapacity: count) { buffer in
                    // At most the size of `words`.
                    UnsafeMutableRawBufferPointer(buffer).copyMemory(
                        from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
                    return count
                }
            }
        }

        public mutating func appendLiteral(_ literal: String) {
            append(literal)
        }

        public mutating func appendInterpolation(_ value: String) {
            append(value)
        }

        public mutating func appendInterpolation(_ value: StampedID) {
            value.withUTF8 { append($0) }
        }

        public mutating func appendInterpolation(_ value: Int64) {
            // The digits of a 64-bit number with its sign, from the last.
            var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
            withUnsafeMutableBytes(of: &digits) { bytes in
                var position = bytes.count
                var rest = value.magnitude
                repeat {
                    position -= 1
                    bytes[position] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                } while rest > 0
                if value < 0 {
                    position -= 1
                    bytes[position] = UInt8(ascii: "-")
                }
                append(UnsafeRawBufferPointer(rebasing: bytes[position...]))
            }
        }

        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            append(value.description)
        }

        public mutating func appendInterpolation<Value>(_ value: Value) {
            append("\(value)")
        }

        private mutating func append(_ text: String) {
            text.withBytes { append($0) }
        }

        private mutating func append(_ bytes: UnsafeRawBufferPointer) {
            if long == nil, count + bytes.count <= MemoryLayout<Words>.size {
                withUnsafeMutableBytes(of: &words) { words in
                    UnsafeMutableRawBufferPointer(rebasing: words[count...]).copyMemory(from: bytes)
                }
                count += bytes.count
            } else {
                let added = String(decoding: bytes, as: UTF8.self)
                long = text + added
            }
        }
    }
}
