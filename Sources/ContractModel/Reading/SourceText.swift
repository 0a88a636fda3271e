import JSONTape

/// Checks on a file's bytes before they are read as any syntax.
package enum SourceText {
    /// The bytes without a byte order mark, where they are UTF-8 without NULs; a diagnostic where not.
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
            bytes[offset] == 0 ? "the file holds a NUL byte; expected text in UTF-8" : "the file is not UTF-8")
        return nil
    }

    /// The first byte that is no UTF-8, or NUL; `nil` where all is text.
    package static func firstFault(in bytes: [UInt8]) -> Int? {
        let invalid = bytes.withUnsafeBufferPointer { UTF8Check.firstInvalidOffset(in: $0) }
        return [invalid, bytes.firstIndex(of: 0)].compactMap(\.self).min()
    }

    /// U+FEFF, which some editors put first and which is no part of the text.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The length of a byte order mark before a text.
    package static func markLength(of bytes: [UInt8]) -> Int {
        bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    }

    /// The marks that other encodings start with: UTF-32's first, one of which starts like UTF-16's.
    private static let otherEncodings: [(name: String, mark: [UInt8])] = [
        ("UTF-32", [0xFF, 0xFE, 0, 0]), ("UTF-32", [0, 0, 0xFE, 0xFF]), ("UTF-16", [0xFF, 0xFE]),
        ("UTF-16", [0xFE, 0xFF]),
    ]

    /// The line and column of a byte.
    package static func location(of offset: Int, in bytes: [UInt8], file: String) -> SourceLocation {
        var location = SourceLocation(file: file)
        for byte in bytes.prefix(offset) { location.step(over: byte) }
        return location
    }
}

extension SourceLocation {
    /// Moves on by a byte: the first of each scalar is a column, what follows of it is none.
    package mutating func step(over byte: UInt8) {
        if byte == UInt8(ascii: "\n") {
            line += 1
            column = 1
        } else if byte.startsScalar {
            column += 1
        }
    }
}
