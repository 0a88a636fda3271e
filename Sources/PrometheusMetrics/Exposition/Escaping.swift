/// The escapes of both formats.
enum Escaping {
    /// Returns a label's value: backslash, double quote and line feed are escaped.
    static func labelValue(_ text: String) -> [UInt8] {
        escape(text, quote: true)
    }

    /// Returns a help text. Only OpenMetrics escapes the double quote here.
    static func help(_ text: String, for format: ExpositionFormat) -> [UInt8] {
        escape(text, quote: format == .openMetrics)
    }

    private static func escape(_ text: String, quote: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes += [byte, byte]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\"") where quote: bytes += [UInt8(ascii: "\\"), byte]
            default: bytes.append(byte)
            }
        }
        return bytes
    }
}
