/// Host names, with and without characters past ASCII.
package enum HostName {
    /// A name's length in bytes, without the dot of the root.
    private static let maximumLength = 253
    static let maximumLabel = 63

    /// Returns whether a string is a host name (RFC 1123, section 2.1) whose labels with the prefix `xn--` are A-labels
    /// (RFC 5890, section 2.3.2.1).
    package static func isHostName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard 1...maximumLength ~= text.count else { return false }
        var hasEncodedLabels = false
        var start = 0
        while true {
            var scanner = ByteScanner(text, start..<text.count)
            let length = scanner.skip(allOf: .hostName)
            guard isLabel(text[start..<start + length]) else { return false }
            hasEncodedLabels = hasEncodedLabels || isEncoded(text[start..<start + length])
            if scanner.isAtEnd { break }
            guard scanner.skip(UInt8(ascii: ".")) else { return false }
            start = scanner.position
        }
        guard hasEncodedLabels else { return true }
        return areLabels(text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { Array($0) })
    }

    /// Returns whether a string is an internationalized host name: each label is one of a host name, an A-label or a U-label
    /// (RFC 5890, section 2.3.2).
    package static func isInternationalHostName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        // Each byte of the encoded name encodes at least one byte of the text, except four in a character.
        guard 1...maximumLength * 4 ~= text.count else { return false }
        var labels: [[UInt8]] = [[]]
        var position = 0
        while position < text.count {
            if let length = separatorLength(text, at: position) {
                labels.append([])
                position += length
            } else {
                labels[labels.count - 1].append(text[position])
                position += 1
            }
        }
        return areLabels(labels)
    }

    /// Returns the bytes of a full stop, or of its ideographic, fullwidth and halfwidth forms (RFC 3490, section 3.1).
    private static func separatorLength(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> Int? {
        if text[position] == UInt8(ascii: ".") { return 1 }
        guard text.count - position >= 3 else { return nil }
        switch (text[position], text[position + 1], text[position + 2]) {
        case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x8E), (0xEF, 0xBD, 0xA1): return 3
        default: return nil
        }
    }

    /// Returns whether ASCII bytes are a label: letters, digits and hyphens, with no hyphen at either end.
    private static func isLabel(_ label: some BidirectionalCollection<UInt8>) -> Bool {
        1...maximumLabel ~= label.count && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
            && label.allSatisfy { ASCIISet.hostName.contains($0) }
    }

    private static func isEncoded(_ label: some Collection<UInt8>) -> Bool {
        label.count > 3 && zip(label, "xn--".utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }

    /// Returns whether each label is valid, the whole is short enough once it is encoded, and the Bidi rule is met.
    private static func areLabels(_ labels: [[UInt8]]) -> Bool {
        var length = labels.count - 1
        var decoded: [[Unicode.Scalar]] = []
        for label in labels {
            if label.contains(where: { $0 >= 0x80 }) {
                let scalars = Array(String(decoding: label, as: UTF8.self).unicodeScalars)
                guard IDNALabel.isValid(scalars), let encoded = Punycode.encode(scalars) else { return false }
                guard encoded.count + 4 <= maximumLabel else { return false }
                length += encoded.count + 4
                decoded.append(scalars)
            } else {
                guard isLabel(label) else { return false }
                length += label.count
                if isEncoded(label) {
                    guard let scalars = decodedLabel(label) else { return false }
                    decoded.append(scalars)
                } else {
                    decoded.append(label.map { Unicode.Scalar($0) })
                }
            }
        }
        guard length <= maximumLength else { return false }
        let isBidirectional = decoded.contains { $0.contains { BidiClass($0).isRightToLeft } }
        return !isBidirectional || decoded.allSatisfy(BidiClass.meetsRule)
    }

    /// Returns the U-label of an A-label; `nil` where it is not one, or is not what the U-label's encoding is.
    private static func decodedLabel(_ label: [UInt8]) -> [Unicode.Scalar]? {
        guard label.count <= maximumLabel else { return nil }
        let encoded = label.dropFirst(4).map { ASCIISet.letters.contains($0) ? $0 | 0x20 : $0 }
        guard let scalars = Punycode.decode(encoded), scalars.contains(where: { !$0.isASCII }),
            IDNALabel.isValid(scalars), Punycode.encode(scalars) == encoded
        else { return nil }
        return scalars
    }
}
