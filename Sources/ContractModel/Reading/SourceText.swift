import JSONTape

/// Checks on a file's bytes before they are read as any syntax.
package enum SourceText {
    /// Returns the bytes without a byte order mark. Reports bytes that are not UTF-8, and NULs.
    static func checked(_ bytes: [UInt8], file: String, diagnostics: inout Diagnostics) -> [UInt8]? {
        if let (name, _) = otherEncodings.first(where: { bytes.starts(with: $0.mark) }) {
            diagnostics.error(
                .invalidUTF8, at: SourceLocation(file: file), "the file is \(name)", hint: "save it as UTF-8")
            return nil
        }
        guard let offset = firstFault(in: bytes) else {
            let mark = markLength(of: bytes)
            return mark > 0 ? Array(bytes.dropFirst(mark)) : bytes
        }
        diagnostics.error(
            .invalidUTF8, at: location(of: offset, in: bytes, file: file),
            bytes[offset] == 0 ? "the file contains a NUL byte; expected text in UTF-8" : "the file is not UTF-8")
        return nil
    }

    /// Returns the first byte that is not UTF-8 or is NUL; `nil` if all bytes are valid.
    package static func firstFault(in bytes: [UInt8]) -> Int? {
        let invalid = bytes.withUnsafeBufferPointer { UTF8Check.firstInvalidOffset(in: $0) }
        return [invalid, bytes.firstIndex(of: 0)].compactMap(\.self).min()
    }

    /// U+FEFF, which some editors write at the start of a file.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Returns the length of a byte order mark before a text.
    package static func markLength(of bytes: [UInt8]) -> Int {
        bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    }

    /// The marks that other encodings start with: UTF-32's first, one of which starts like UTF-16's.
    private static let otherEncodings: [(name: String, mark: [UInt8])] = [
        ("UTF-32", [0xFF, 0xFE, 0, 0]), ("UTF-32", [0, 0, 0xFE, 0xFF]), ("UTF-16", [0xFF, 0xFE]),
        ("UTF-16", [0xFE, 0xFF]),
    ]

    /// Returns the line and column of a byte.
    package static func location(of offset: Int, in bytes: [UInt8], file: String) -> SourceLocation {
        var location = SourceLocation(file: file)
        for byte in bytes.prefix(offset) { location.step(over: byte) }
        return location
    }
}
