/// The id of a schema that is the same in all registries: 16 bytes.
public struct SchemaGUID: Hashable, Sendable {
    /// The bytes, in the order of the text.
    public let bytes: [UInt8]

    /// Creates a GUID from its bytes.
    ///
    /// - Returns: `nil` where it is not 16 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        self.bytes = Array(bytes)
    }

    /// Reads a string such as `c9ce4d5d-5ac7-4b26-9c1b-3a4d4b6b2f4e`.
    ///
    /// - Returns: `nil` where it is another.
    public init?(_ text: String) {
        var bytes: [UInt8] = []
        for part in text.split(separator: "-", omittingEmptySubsequences: false) {
            let digits = Array(part.utf8)
            guard digits.count.isMultiple(of: 2) else { return nil }
            for start in stride(from: 0, to: digits.count, by: 2) {
                let pair = digits[start..<start + 2]
                guard pair.allSatisfy({ $0 != UInt8(ascii: "+") }),
                    let byte = UInt8(String(decoding: pair, as: UTF8.self), radix: 16)
                else { return nil }
                bytes.append(byte)
            }
        }
        self.init(bytes: bytes)
    }
}

extension SchemaGUID: CustomStringConvertible {
    public var description: String {
        var text = ""
        for (position, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(position) { text += "-" }
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return text
    }
}
