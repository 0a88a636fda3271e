/// Reads a padded JSON text into nodes.
///
/// Invariants that keep the raw pointers in bounds: `bytes` has `JSONTape.padding` zeros after `count`, no zero byte is
/// accepted anywhere in a text, so `position` never passes `count` by more than one token's first byte; `append` grows
/// `nodes` before it writes. Open containers keep their parent in `next`, so nesting needs no stack.
struct TapeParser {
    typealias Node = JSONTape.Node

    let bytes: UnsafeMutablePointer<UInt8>
    let count: Int
    let maximumDepth: Int
    private(set) var nodes: UnsafeMutablePointer<Node>
    private(set) var nodeCapacity: Int
    private(set) var nodeCount = 0
    private var position = 0
    private var failure: JSONSyntaxError?

    private static let noParent = UInt32.max

    init(
        bytes: UnsafeMutablePointer<UInt8>, count: Int, maximumDepth: Int, nodes: UnsafeMutablePointer<Node>,
        capacity: Int
    ) {
        self.bytes = bytes
        self.count = count
        self.maximumDepth = maximumDepth
        self.nodes = nodes
        self.nodeCapacity = capacity
    }

    /// Parses the whole text; returns what is wrong with it, or `nil`.
    mutating func run() -> JSONSyntaxError? {
        guard parseDocument() else {
            return failure ?? JSONSyntaxError(.unexpectedByte, at: position)
        }
        return nil
    }

    // MARK: Structure

    private mutating func parseDocument() -> Bool {
        var parent = Self.noParent
        var isObject = false
        var depth = 0
        skipWhitespace()
        while true {
            // At a value's first byte.
            let byte = bytes[position]
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                depth += 1
                guard depth <= maximumDepth else { return fail(.tooDeep) }
                let container = UInt32(truncatingIfNeeded: nodeCount)
                isObject = byte == UInt8(ascii: "{")
                append(
                    Node(
                        offset: UInt32(truncatingIfNeeded: position), length: 0, next: parent,
                        kind: isObject ? .object : .array, flags: 0))
                parent = container
                position += 1
                skipWhitespace()
                if bytes[position] != (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                    nodes[Int(parent)].length = 1
                    if isObject, !parseKey() { return false }
                    continue
                }
            } else {
                guard parseScalar(byte) else { return false }
            }
            // After a value: close what ends here, up to the next sibling or the end of the text.
            while true {
                guard parent != Self.noParent else {
                    skipWhitespace()
                    return position == count || fail(.trailingBytes)
                }
                skipWhitespace()
                let byte = bytes[position]
                if byte == UInt8(ascii: ",") {
                    position += 1
                    skipWhitespace()
                    nodes[Int(parent)].length += 1
                    if isObject, !parseKey() { return false }
                    break
                }
                guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    return fail(.expectedCommaOrEnd)
                }
                position += 1
                depth -= 1
                let grandparent = nodes[Int(parent)].next
                nodes[Int(parent)].next = UInt32(truncatingIfNeeded: nodeCount)
                parent = grandparent
                isObject = parent != Self.noParent && nodes[Int(parent)].kind == .object
            }
        }
    }

    private mutating func parseKey() -> Bool {
        guard bytes[position] == UInt8(ascii: "\"") else { return fail(.expectedKey) }
        guard parseString() else { return false }
        skipWhitespace()
        guard bytes[position] == UInt8(ascii: ":") else { return fail(.expectedColon) }
        position += 1
        skipWhitespace()
        return true
    }

    private mutating func parseScalar(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""): return parseString()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return parseNumber()
        case UInt8(ascii: "t"): return parseLiteral("true", .true)
        case UInt8(ascii: "f"): return parseLiteral("false", .false)
        case UInt8(ascii: "n"): return parseLiteral("null", .null)
        default: return fail(.expectedValue)
        }
    }

    @inline(__always)
    private mutating func skipWhitespace() {
        while bytes[position] <= 0x20 {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
            default: return
            }
        }
    }

    @inline(__always)
    private mutating func append(_ node: Node) {
        if nodeCount == nodeCapacity { grow() }
        (nodes + nodeCount).initialize(to: node)
        nodeCount &+= 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Node>.allocate(capacity: nodeCapacity * 2)
        larger.moveInitialize(from: nodes, count: nodeCount)
        nodes.deallocate()
        nodes = larger
        nodeCapacity *= 2
    }

    @inline(never)
    private mutating func fail(_ reason: JSONSyntaxError.Reason) -> Bool {
        failure = JSONSyntaxError(position >= count && reason != .tooDeep ? .unexpectedEnd : reason, at: position)
        return false
    }

    // MARK: Literals and numbers

    private mutating func parseLiteral(_ text: StaticString, _ kind: JSONTape.Kind) -> Bool {
        let length = text.utf8CodeUnitCount
        for index in 0..<length where bytes[position + index] != text.utf8Start[index] {
            position += index
            return fail(.invalidLiteral)
        }
        appendScalar(kind, offset: position, length: length, flags: 0)
        position += length
        return true
    }

    @inline(__always)
    private mutating func appendScalar(_ kind: JSONTape.Kind, offset: Int, length: Int, flags: UInt8) {
        append(
            Node(
                offset: UInt32(truncatingIfNeeded: offset), length: UInt32(truncatingIfNeeded: length),
                next: UInt32(truncatingIfNeeded: nodeCount &+ 1), kind: kind, flags: flags))
    }

    @inline(__always)
    private func isDigit(at position: Int) -> Bool { bytes[position] &- 0x30 < 10 }

    private mutating func parseNumber() -> Bool {
        let start = position
        var flags: UInt8 = 0
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if bytes[position] == UInt8(ascii: "0") {
            position += 1
            guard !isDigit(at: position) else { return fail(.invalidNumber) }
        } else {
            guard skipDigits() else { return fail(.invalidNumber) }
        }
        if bytes[position] == UInt8(ascii: ".") {
            flags = Node.isSpecial
            position += 1
            guard skipDigits() else { return fail(.invalidNumber) }
        }
        if bytes[position] | 0x20 == UInt8(ascii: "e") {
            flags = Node.isSpecial
            position += 1
            if bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") { position += 1 }
            guard skipDigits() else { return fail(.invalidNumber) }
        }
        appendScalar(.number, offset: start, length: position - start, flags: flags)
        return true
    }

    @inline(__always)
    private mutating func skipDigits() -> Bool {
        let start = position
        while isDigit(at: position) { position &+= 1 }
        return position > start
    }

    // MARK: Strings

    private mutating func parseString() -> Bool {
        let start = position &+ 1
        var cursor = bytes + start
        var high: UInt64 = 0
        while true {
            let word = UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self).littleEndian
            let stop = Word.specials(word)
            if stop != 0 {
                // Only the lowest mark is exact, and it is all that is needed.
                let bit = UInt64(truncatingIfNeeded: stop.trailingZeroBitCount) & ~7
                high |= word & ((1 &<< bit) &- 1)
                cursor += Int(truncatingIfNeeded: bit &>> 3)
                break
            }
            high |= word
            cursor += 8
        }
        position = cursor - bytes
        guard cursor.pointee == UInt8(ascii: "\"") else {
            guard cursor.pointee == UInt8(ascii: "\\") else { return fail(.controlCharacter) }
            return parseEscapedString(from: start)
        }
        return finishString(from: start, to: position, isASCII: high & Word.highBits == 0)
    }

    /// Appends a string whose closing quote is at `position`, and steps over that.
    @inline(__always)
    private mutating func finishString(from start: Int, to end: Int, isASCII: Bool) -> Bool {
        if !isASCII, !checkUTF8(from: start, to: end) { return false }
        appendScalar(.string, offset: start, length: end - start, flags: isASCII ? 0 : Node.isSpecial)
        position &+= 1
        return true
    }

    @inline(never)
    private mutating func checkUTF8(from start: Int, to end: Int) -> Bool {
        let text = UnsafeBufferPointer(start: bytes + start, count: end - start)
        guard let offset = UTF8Check.firstInvalidOffset(in: text) else { return true }
        position = start + offset
        return fail(.invalidUTF8)
    }

    /// Goes on from the first backslash and undoes escapes in place: what they stand for is never longer.
    @inline(never)
    private mutating func parseEscapedString(from start: Int) -> Bool {
        var write = position
        while true {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                return finishString(from: start, to: write, isASCII: false)
            case UInt8(ascii: "\\"):
                position += 1
                guard let scalar = parseEscape() else { return false }
                for unit in scalar.utf8 {
                    bytes[write] = unit
                    write += 1
                }
            case 0..<0x20:
                return fail(.controlCharacter)
            default:
                bytes[write] = byte
                write += 1
                position += 1
            }
        }
    }

    private mutating func parseEscape() -> Unicode.Scalar? {
        let byte = bytes[position]
        let plain: Unicode.Scalar
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = Unicode.Scalar(byte)
        case UInt8(ascii: "b"): plain = "\u{8}"
        case UInt8(ascii: "f"): plain = "\u{C}"
        case UInt8(ascii: "n"): plain = "\n"
        case UInt8(ascii: "r"): plain = "\r"
        case UInt8(ascii: "t"): plain = "\t"
        case UInt8(ascii: "u"): return parseUnicodeEscape()
        default:
            _ = fail(.invalidEscape)
            return nil
        }
        position += 1
        return plain
    }

    /// At the `u` of an escape: reads it, and its other half where it is the first of a surrogate pair.
    private mutating func parseUnicodeEscape() -> Unicode.Scalar? {
        let start = position
        guard let unit = parseHexUnit() else { return nil }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if UTF16.isLeadSurrogate(UInt16(unit)), bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        {
            position += 1
            guard let trail = parseHexUnit() else { return nil }
            if UTF16.isTrailSurrogate(UInt16(trail)) {
                return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (trail - 0xDC00))
            }
        }
        position = start
        _ = fail(.loneSurrogate)
        return nil
    }

    private mutating func parseHexUnit() -> UInt32? {
        position += 1
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue, bytes[position] < 0x80 else {
                _ = fail(.invalidEscape)
                return nil
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}

/// A test on eight bytes at once. It sets the high bit of every byte that matches; above the lowest match there may be
/// false ones (Hacker's Delight, section 6-1).
@usableFromInline
enum Word {
    @usableFromInline static var lowBits: UInt64 { 0x0101_0101_0101_0101 }
    @usableFromInline static var highBits: UInt64 { 0x8080_8080_8080_8080 }

    /// The bytes that do not stand for themselves in a JSON string: quotes, backslashes and control characters.
    @inline(__always) @usableFromInline
    static func specials(_ word: UInt64) -> UInt64 {
        let quotes = word ^ (lowBits &* 0x22)
        let backslashes = word ^ (lowBits &* 0x5C)
        let matches =
            ((quotes &- lowBits) & ~quotes) | ((backslashes &- lowBits) & ~backslashes)
            | ((word &- (lowBits &* 0x20)) & ~word)
        return matches & highBits
    }
}
