/// A JSON Pointer (RFC 6901): the path from a document's root to one of its values.
public struct JSONPointer: Hashable, Sendable {
    /// The reference tokens, their escapes undone.
    public var tokens: [String]

    public init(tokens: [String] = []) {
        self.tokens = tokens
    }

    /// Reads a pointer from its text: the empty string, or tokens that each start with `/`.
    ///
    /// Returns `nil` where the text breaks the grammar of RFC 6901, section 3.
    public init?(_ text: String) {
        guard !text.isEmpty else {
            self.init()
            return
        }
        // By scalars: a Character may join a slash with a combining mark after it.
        let scalars = text.unicodeScalars
        guard scalars.first == "/" else { return nil }
        var tokens: [String] = []
        for part in scalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let token = Self.unescape(part) else { return nil }
            tokens.append(token)
        }
        self.init(tokens: tokens)
    }

    /// Reads a pointer from a URI's fragment, without its `#`: percent-encoded UTF-8 (RFC 6901, section 6).
    package init?(fragment: Substring) {
        var bytes: [UInt8] = []
        var rest = fragment.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let digits = String(rest.prefix(2)), digits.utf8.count == 2, digits.first?.isHexDigit == true,
                let encoded = UInt8(digits, radix: 16)
            else { return nil }
            bytes.append(encoded)
            rest = rest.dropFirst(2)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        self.init(text)
    }

    private static func unescape(_ part: String.UnicodeScalarView.SubSequence) -> String? {
        var token = String.UnicodeScalarView()
        var scalars = part.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "~" else {
                token.append(scalar)
                continue
            }
            switch scalars.next() {
            case "0": token.append("~")
            case "1": token.append("/")
            default: return nil
            }
        }
        return String(token)
    }

    /// The pointer as a URI's fragment, without its `#` (RFC 6901, section 6).
    package var fragment: String {
        var text = ""
        for byte in description.utf8 {
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "/", "-", ".", "_", "~", "!", "$", "&", "'", "(", ")", "*", "+", ",",
                ";", "=", ":", "@", "?":
                text.unicodeScalars.append(scalar)
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.utf8.count == 1 ? "%0" + digits : "%" + digits
            }
        }
        return text
    }

    /// Returns the pointer to a member of the value that this one points to.
    public func appending(_ token: String) -> JSONPointer {
        JSONPointer(tokens: tokens + [token])
    }

    /// The pointer to the value that contains this one's.
    package var parent: JSONPointer { JSONPointer(tokens: tokens.dropLast()) }

    /// The pointers to the values that contain this one's, from the root.
    package var ancestors: [JSONPointer] { tokens.indices.map { JSONPointer(tokens: Array(tokens[..<$0])) } }
}

extension JSONPointer {
    /// Names are compared scalar by scalar, as JSON compares them.
    public static func == (lhs: JSONPointer, rhs: JSONPointer) -> Bool {
        lhs.tokens.elementsEqual(rhs.tokens) { $0.hasSameScalars(as: $1) }
    }

    public func hash(into hasher: inout Hasher) {
        for token in tokens { token.hashScalars(into: &hasher) }
    }
}

extension JSONPointer: CustomStringConvertible {
    /// The pointer's text, as RFC 6901 writes it.
    public var description: String {
        var text = ""
        for token in tokens {
            text += "/"
            for scalar in token.unicodeScalars {
                switch scalar {
                case "~": text += "~0"
                case "/": text += "~1"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
        return text
    }
}
