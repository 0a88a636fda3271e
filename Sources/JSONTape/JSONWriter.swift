/// Writes JSON text into a buffer of its own.
///
/// What can't be written (an infinite number) is remembered and thrown by ``finish()``, so that the many small writes of
/// an encoder need no error path.
public struct JSONWriter: ~Copyable {
    /// Owned; the first `count` of `capacity` bytes are initialized.
    @usableFromInline var bytes: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    @usableFromInline var count = 0
    /// Whether a number that JSON can't write was met.
    public private(set) var hasFailed = false

    public init(capacity: Int = 1024) {
        self.capacity = max(capacity, 64)
        bytes = .allocate(capacity: self.capacity)
    }

    deinit {
        bytes.deallocate()
    }

    /// The text written.
    public consuming func finish() throws(JSONEncodingError) -> [UInt8] {
        try text()
    }

    /// A copy of the text written so far.
    public borrowing func text() throws(JSONEncodingError) -> [UInt8] {
        guard !hasFailed else { throw .nonFiniteNumber }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// Forgets what was written, and keeps the memory.
    public mutating func removeAll() {
        count = 0
        hasFailed = false
    }

    // MARK: Structure

    @inlinable
    public mutating func beginObject() { write(byte: UInt8(ascii: "{")) }

    @inlinable
    public mutating func endObject() { write(byte: UInt8(ascii: "}")) }

    @inlinable
    public mutating func beginArray() { write(byte: UInt8(ascii: "[")) }

    @inlinable
    public mutating func endArray() { write(byte: UInt8(ascii: "]")) }

    /// Starts an array's next element: a comma, but before the first.
    @inlinable
    public mutating func element() {
        if count > 0, bytes[count &- 1] != UInt8(ascii: "[") { write(byte: UInt8(ascii: ",")) }
    }

    /// Writes a member's name and the punctuation around it.
    ///
    /// - Parameter name: The name as JSON writes it between the quotes: escapes are the caller's.
    @inlinable @inline(__always)
    public mutating func key(_ name: StaticString) {
        let length = name.utf8CodeUnitCount
        reserve(length &+ 4)
        var end = bytes + count
        if count > 0, end[-1] != UInt8(ascii: "{") {
            end.initialize(to: UInt8(ascii: ","))
            end += 1
        }
        end.initialize(to: UInt8(ascii: "\""))
        (end + 1).initialize(from: name.utf8Start, count: length)
        (end + length + 1).initialize(to: UInt8(ascii: "\""))
        (end + length + 2).initialize(to: UInt8(ascii: ":"))
        count = (end + length + 3) - bytes
    }

    /// Writes a member's name that is known only when the program runs.
    public mutating func key(name: String) {
        if count > 0, bytes[count - 1] != UInt8(ascii: "{") { write(byte: UInt8(ascii: ",")) }
        write(name)
        write(byte: UInt8(ascii: ":"))
    }

    // MARK: Values

    /// Writes a text that is JSON already, such as `true`.
    @inlinable @inline(__always)
    public mutating func write(literal: StaticString) {
        let length = literal.utf8CodeUnitCount
        reserve(length)
        (bytes + count).initialize(from: literal.utf8Start, count: length)
        count &+= length
    }

    @inlinable
    public mutating func write(_ value: Bool) {
        if value { write(literal: "true") } else { write(literal: "false") }
    }

    @inlinable
    public mutating func write(_ value: String) {
        var value = value
        value.withUTF8 { write(utf8: $0) }
    }

    public mutating func write(_ value: Int) {
        write(Int64(value))
    }

    public mutating func write(_ value: Int64) {
        reserve(20)
        if value < 0 { write(byte: UInt8(ascii: "-")) }
        var rest = value.magnitude
        var length = 1
        var bound: UInt64 = 10
        while rest >= bound {
            length += 1
            let (next, overflows) = bound.multipliedReportingOverflow(by: 10)
            if overflows { break }
            bound = next
        }
        for position in stride(from: count + length - 1, through: count, by: -1) {
            (bytes + position).initialize(to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        count += length
    }

    /// Writes the shortest text that reads back as this value.
    public mutating func write(_ value: Double) {
        if let integer = Int64(exactly: value), integer.magnitude < 1 << 53 {
            write(integer)
        } else if value.isFinite {
            write(raw: value.jsonDescription)
        } else {
            hasFailed = true
            write(literal: "null")
        }
    }

    public mutating func write(_ value: JSONNumber) {
        if case .integer(let integer) = value.storage { write(integer) } else { write(raw: value.description) }
    }

    public mutating func write(_ value: Timestamp) {
        reserve(Timestamp.maximumLength + 2)
        write(byte: UInt8(ascii: "\""))
        count += value.write(
            to: UnsafeMutableBufferPointer(start: bytes + count, count: Timestamp.maximumLength))
        write(byte: UInt8(ascii: "\""))
    }

    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: write(literal: "null")
        case .bool(let value): write(value)
        case .number(let value): write(value)
        case .string(let value): write(value)
        case .array(let elements):
            beginArray()
            for value in elements {
                element()
                write(value)
            }
            endArray()
        case .object(let object): write(object)
        }
    }

    public mutating func write(_ value: JSONObject) {
        beginObject()
        for (name, value) in value {
            key(name: name)
            write(value)
        }
        endObject()
    }

    private mutating func write(raw text: String) {
        var text = text
        text.withUTF8 { buffer in
            guard let start = buffer.baseAddress else { return }
            reserve(buffer.count)
            (bytes + count).initialize(from: start, count: buffer.count)
            count += buffer.count
        }
    }

    // MARK: Bytes

    @inlinable @inline(__always)
    mutating func write(byte: UInt8) {
        reserve(1)
        (bytes + count).initialize(to: byte)
        count &+= 1
    }

    @inlinable @inline(__always)
    mutating func reserve(_ additional: Int) {
        if count &+ additional > capacity { grow(by: additional) }
    }

    @usableFromInline @inline(never)
    mutating func grow(by additional: Int) {
        let larger = max(capacity * 2, count + additional)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.moveInitialize(from: bytes, count: count)
        bytes.deallocate()
        bytes = moved
        capacity = larger
    }

    // MARK: Strings

    /// Writes a string from its UTF-8, quoted and escaped (RFC 8259, section 7).
    ///
    /// Eight bytes at a time are copied and looked at; where one of them needs an escape, what was copied after it is
    /// written over.
    @usableFromInline
    mutating func write(utf8 text: UnsafeBufferPointer<UInt8>) {
        // Room for the quotes, and for the last word that is copied.
        reserve(text.count &+ 10)
        bytes[count] = UInt8(ascii: "\"")
        count &+= 1
        guard let start = text.baseAddress else {
            write(byte: UInt8(ascii: "\""))
            return
        }
        var position = 0
        while position &+ 8 <= text.count {
            let word = UnsafeRawPointer(start + position).loadUnaligned(as: UInt64.self)
            UnsafeMutableRawPointer(bytes + count).storeBytes(of: word, as: UInt64.self)
            let stop = Word.specials(word.littleEndian)
            guard stop == 0 else {
                let plain = stop.trailingZeroBitCount / 8
                count &+= plain
                position &+= plain
                writeEscape(of: start[position], before: text.count &- position)
                position &+= 1
                continue
            }
            count &+= 8
            position &+= 8
        }
        while position < text.count {
            let byte = start[position]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                writeEscape(of: byte, before: text.count &- position)
            } else {
                bytes[count] = byte
                count &+= 1
            }
            position &+= 1
        }
        bytes[count] = UInt8(ascii: "\"")
        count &+= 1
    }

    /// Writes an escape, and keeps room for so many bytes after it, as `write(utf8:)` needs.
    @inline(never)
    private mutating func writeEscape(of byte: UInt8, before rest: Int) {
        reserve(rest + 16)
        switch byte {
        case UInt8(ascii: "\""): write(literal: #"\""#)
        case UInt8(ascii: "\\"): write(literal: #"\\"#)
        case 0x08: write(literal: #"\b"#)
        case 0x09: write(literal: #"\t"#)
        case 0x0A: write(literal: #"\n"#)
        case 0x0C: write(literal: #"\f"#)
        case 0x0D: write(literal: #"\r"#)
        default:
            let digits: StaticString = "0123456789abcdef"
            write(literal: #"\u00"#)
            write(byte: digits.utf8Start[Int(byte >> 4)])
            write(byte: digits.utf8Start[Int(byte & 15)])
        }
    }
}

/// Why a value can't be written as JSON.
public enum JSONEncodingError: Error, Hashable, Sendable {
    /// A number is infinite or not a number.
    case nonFiniteNumber
}

extension JSONEncodingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nonFiniteNumber: "a number is infinite or not a number, which JSON can't write"
        }
    }
}
