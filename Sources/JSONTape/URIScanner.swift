/// Reads a URI (RFC 3986, section 3) front to back: a scheme, then a hierarchical part, a query and a fragment. A relative
/// reference is not a URI.
struct URIScanner {
    private let text: UnsafeBufferPointer<UInt8>

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    /// Whether the whole text is a URI.
    var isURI: Bool {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), isScheme(text[..<colon]) else { return false }
        var rest = text[(colon + 1)...]
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            guard consists(rest[(hash + 1)...], of: .query) else { return false }
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            guard consists(rest[(mark + 1)...], of: .query) else { return false }
            rest = rest[..<mark]
        }
        guard rest.starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")]) else { return consists(rest, of: .path) }
        rest = rest.dropFirst(2)
        let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        return isAuthority(rest[..<end]) && consists(rest[end...], of: .path)
    }

    private typealias Part = Slice<UnsafeBufferPointer<UInt8>>

    private func isScheme(_ part: Part) -> Bool {
        guard let first = part.first, first.isLetter else { return false }
        return part.allSatisfy { byte in
            byte.isLetter || byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        }
    }

    private func isAuthority(_ part: Part) -> Bool {
        var host = part
        if let at = host.firstIndex(of: UInt8(ascii: "@")) {
            guard consists(host[..<at], of: .userInformation) else { return false }
            host = host[(at + 1)...]
        }
        if host.first == UInt8(ascii: "[") {
            guard let end = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let port = host[(end + 1)...]
            let address = host[..<end].dropFirst()
            return (IPv6Address.matches(Array(address)) || isFutureAddress(address))
                && (port.isEmpty || port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy(\.isDigit))
        }
        if let colon = host.firstIndex(of: UInt8(ascii: ":")) {
            guard host[(colon + 1)...].allSatisfy(\.isDigit) else { return false }
            host = host[..<colon]
        }
        return consists(host, of: .name)
    }

    /// `IPvFuture`: `v`, a hexadecimal version, a dot, and an address.
    private func isFutureAddress(_ part: Part) -> Bool {
        guard part.first.map({ $0 | 0x20 }) == UInt8(ascii: "v"), let dot = part.firstIndex(of: UInt8(ascii: "."))
        else {
            return false
        }
        let version = part[..<dot].dropFirst()
        let address = part[(dot + 1)...]
        return !version.isEmpty && version.allSatisfy(\.isHexDigit) && !address.isEmpty
            && address.allSatisfy { $0.isUnreserved || $0.isSubDelimiter || $0 == UInt8(ascii: ":") }
    }

    /// The parts of a URI by the characters that they may have beside `unreserved`, `pct-encoded` and `sub-delims`.
    private enum Characters {
        case name, userInformation, path, query

        func contain(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: ":"): self != .name
            case UInt8(ascii: "@"), UInt8(ascii: "/"): self == .path || self == .query
            case UInt8(ascii: "?"): self == .query
            default: byte.isUnreserved || byte.isSubDelimiter
            }
        }
    }

    private func consists(_ part: Part, of characters: Characters) -> Bool {
        var position = part.startIndex
        while position < part.endIndex {
            if part[position] == UInt8(ascii: "%") {
                guard part.endIndex - position > 2, part[position + 1].isHexDigit, part[position + 2].isHexDigit else {
                    return false
                }
                position += 3
            } else {
                guard characters.contain(part[position]) else { return false }
                position += 1
            }
        }
        return true
    }
}

/// The text of an IPv6 address (RFC 3986, section 3.2.2).
private enum IPv6Address {
    static func matches(_ text: [UInt8]) -> Bool {
        let groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard groups.count >= 3 else { return false }
        var count = 0
        var isShortened = false
        for (index, group) in groups.enumerated() {
            let isEdge = index == 0 || index == groups.count - 1
            if group.isEmpty {
                // `::` is one empty group, or two at an end of the text, or three where it is all of the text.
                let neighbor = index == 0 ? groups[1] : groups[index - 1]
                if isEdge {
                    guard neighbor.isEmpty else { return false }
                } else {
                    guard !isShortened else { return false }
                    isShortened = true
                }
            } else if index == groups.count - 1, group.contains(UInt8(ascii: ".")) {
                guard isIPv4(group) else { return false }
                count += 2
            } else {
                guard group.count <= 4, group.allSatisfy(\.isHexDigit) else { return false }
                count += 1
            }
        }
        return isShortened ? count <= 7 : count == 8
    }

    private static func isIPv4(_ text: ArraySlice<UInt8>) -> Bool {
        let octets = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return octets.count == 4
            && octets.allSatisfy { octet in
                (1...3).contains(octet.count) && octet.allSatisfy(\.isDigit)
                    && (octet.count == 1 || octet.first != UInt8(ascii: "0"))
                    && octet.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
            }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self &- 0x30 < 10 }
    fileprivate var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
    fileprivate var isHexDigit: Bool { isDigit || (self | 0x20) &- UInt8(ascii: "a") < 6 }

    fileprivate var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: isDigit || isLetter
        }
    }

    fileprivate var isSubDelimiter: Bool {
        switch self {
        case UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"),
            UInt8(ascii: "="):
            true
        default: false
        }
    }
}
