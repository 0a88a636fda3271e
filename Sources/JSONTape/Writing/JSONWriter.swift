/// A writer of JSON text into a buffer of its own.
///
/// An error (an infinite number, a value that is nested too deep) is stored and thrown by ``finish()``, so
/// that the many small writes of an encoder need no error path.
public struct JSONWriter: ~Copyable {
    /// Owned; the first `count` of `capacity` bytes are initialized. Every write calls ``reserve(_:)`` with at least
    /// what it writes before it takes an address, since that may move the bytes.
    @usableFromInline var bytes: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    @usableFromInline var count = 0
    /// The number of open arrays and objects.
    @usableFromInline var depth = 0
    /// The first thing that could not be written.
    @usableFromInline var failure: JSONEncodingError?
    /// The offset in the text at which ``failure`` happened, in bytes.
    @usableFromInline package private(set) var failureOffset = 0

    /// Creates an empty writer, which grows by itself.
    ///
    /// - Parameter capacity: The expected size of the text in bytes, clamped to at most 16 MiB.
    public init(capacity: Int = 1024) {
        self.capacity = min(max(capacity, 64), 1 << 24)
        bytes = .allocate(capacity: self.capacity)
    }

    deinit {
        bytes.deallocate()
    }

    /// Returns the text written.
    public consuming func finish() throws(JSONEncodingError) -> [UInt8] {
        try text()
    }

    /// Returns a copy of the text written so far.
    public borrowing func text() throws(JSONEncodingError) -> [UInt8] {
        if let failure { throw failure }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// The error that ``text()`` throws, if any.
    package var error: JSONEncodingError? { failure }

    /// The bytes written so far. Valid until something else is written.
    package var writtenBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: count) }

    /// Forgets what was written, and keeps the memory.
    public mutating func removeAll() {
        count = 0
        depth = 0
        failure = nil
    }

    // MARK: Structure

    @inlinable
    public mutating func beginObject() { begin(with: UInt8(ascii: "{")) }

    @inlinable
    public mutating func endObject() { end(with: UInt8(ascii: "}")) }

    @inlinable
    public mutating func beginArray() { begin(with: UInt8(ascii: "[")) }

    @inlinable
    public mutating func endArray() { end(with: UInt8(ascii: "]")) }

    @inlinable @inline(__always)
    mutating func begin(with byte: UInt8) {
        depth &+= 1
        if depth > JSONTape.defaultMaximumDepth { fail(.tooDeep) }
        write(byte: byte)
    }

    @inlinable @inline(__always)
    mutating func end(with byte: UInt8) {
        depth &-= 1
        write(byte: byte)
    }

    /// Notes what could not be written, unless something could not before.
    @usableFromInline @inline(never)
    mutating func fail(_ error: JSONEncodingError) {
        guard failure == nil else { return }
        failure = error
        failureOffset = count
    }

    /// Starts an array's next element: a comma, but before the first.
    @inlinable
    public mutating func element() {
        if count > 0, bytes[count &- 1] != UInt8(ascii: "[") { write(byte: UInt8(ascii: ",")) }
    }

    /// Writes a member's name and the punctuation around it. A literal chooses this one.
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

    /// Writes a member with a string.
    ///
    /// - Parameter name: The name as JSON writes it between the quotes: escapes are the caller's.
    @inlinable
    public mutating func member(_ name: StaticString, _ value: String) {
        key(name)
        write(value)
    }

    /// Writes a member with a whole number.
    @inlinable
    public mutating func member(_ name: StaticString, _ value: Int) {
        key(name)
        write(value)
    }

    /// Writes a member with a number.
    @inlinable
    public mutating func member(_ name: StaticString, _ value: Double) {
        key(name)
        write(value)
    }

    /// Writes a member with `true` or `false`.
    @inlinable
    public mutating func member(_ name: StaticString, _ value: Bool) {
        key(name)
        write(value)
    }

    /// Writes a member with a time.
    @inlinable
    public mutating func member(_ name: StaticString, _ value: Timestamp) {
        key(name)
        write(value)
    }

    /// Writes a member's name that is known only when the program runs.
    public mutating func key(name: String) {
        if count > 0, bytes[count - 1] != UInt8(ascii: "{") { write(byte: UInt8(ascii: ",")) }
        write(name)
        write(byte: UInt8(ascii: ":"))
    }

    // MARK: Values

    /// Writes text that is JSON already, such as `true`.
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
        // Unlike `withUTF8`, this needs no variable, and so no copy of the string to count.
        let inPlace: Void? = value.utf8.withContiguousStorageIfAvailable { write(utf8: $0) }
        if inPlace == nil { writeCopy(of: value) }
    }

    /// Writes a string whose UTF-8 is not in one place, such as one of Objective-C.
    @usableFromInline
    mutating func writeCopy(of value: String) {
        Array(value.utf8).withUnsafeBufferPointer { write(utf8: $0) }
    }

    public mutating func write(_ value: Timestamp) {
        reserve(Timestamp.maximumLength + 2)
        write(byte: UInt8(ascii: "\""))
        count = value.write(to: bytes + count) - bytes
        write(byte: UInt8(ascii: "\""))
    }

    public mutating func write(_ value: CalendarDate) {
        write(value.description)
    }

    public mutating func write(_ value: JSONValue) {
        // Values that are nested too deep are not written: each level uses the thread's stack.
        guard depth <= JSONTape.defaultMaximumDepth else { return }
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
}
