/// A parser that reads a padded JSON text into nodes.
///
/// Invariants that keep the raw pointers in bounds:
/// - `bytes` holds `count` bytes of text and `JSONTape.padding` zeros after them. A byte is stepped over only after
///   it has been found to be part of a token, and no token has a zero byte, so `position` never passes `count`, and a
///   load of 8 bytes at `position` stays inside the buffer.
/// - Strings without their escapes are written back to bytes before `position`, so the padding stays zero.
/// - `append` grows `nodes` before it writes; a text shorter than 4 GiB has fewer than 2³² values, so that every
///   offset, length and count fits its 32 bits.
///
/// Open containers keep their parent in `next`, so nesting needs no stack.
struct TapeParser {
    typealias Node = JSONTape.Node

    let bytes: UnsafeMutablePointer<UInt8>
    let count: Int
    let maximumDepth: Int
    private(set) var nodes: UnsafeMutablePointer<Node>
    private(set) var nodeCapacity: Int
    private(set) var nodeCount = 0
    var position = 0
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

    /// Notes what is wrong at `position`. Whatever is missing at the end of the text is `unexpectedEnd`.
    @inline(never)
    mutating func fail(_ reason: JSONSyntaxError.Reason) -> Bool {
        failure = JSONSyntaxError(position >= count ? .unexpectedEnd : reason, at: position)
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
    mutating func appendScalar(_ kind: JSONTape.Kind, offset: Int, length: Int, flags: UInt8) {
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
}
