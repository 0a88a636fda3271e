/// The reason why bytes are not valid JSON (RFC 8259), and the place.
public struct JSONSyntaxError: Error, Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable {
        case unexpectedEnd = "the text ends too early"
        case unexpectedByte = "unexpected byte"
        case expectedValue = "expected a value"
        case expectedKey = "expected a member's name in double quotes"
        case expectedColon = "expected ':' after a member's name"
        case expectedCommaOrEnd = "expected ',' or the end of the list or object"
        case trailingBytes = "expected nothing after the value"
        case invalidLiteral = "expected true, false or null"
        case invalidNumber = "invalid number"
        case invalidEscape = "invalid escape in a string"
        case loneSurrogate = "a \\u escape names half a surrogate pair"
        case controlCharacter = "a control character in a string must be escaped"
        case invalidUTF8 = "invalid UTF-8"
        case tooDeep = "nested too deep"
        case tooLarge = "larger than 4 GiB"
    }

    public var reason: Reason
    /// The offset in bytes, from 0.
    public var offset: Int

    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    public var description: String { "\(reason.rawValue) (at byte \(offset))" }
}
