/// The headers of a record while a producer makes it, as bytes. Its memory serves message after message.
///
/// Each header is the number of its name's bytes, the number of its value's bytes (both an `Int`), the name and the value.
public struct RecordHeaders: ~Copyable {
    /// Owned; the first `size` of `capacity` bytes are initialized.
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    private var size = 0
    /// The number of headers.
    private(set) var count = 0

    /// Creates a list without headers.
    public init() {
        capacity = 512
        memory = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit {
        memory.deallocate()
    }

    /// Adds a header with text, in UTF-8. Generated code calls this.
    public mutating func append(name: StaticString, value: String) {
        value.withBytes { append(UnsafeRawBufferPointer(name), $0) }
    }

    /// Adds a header with the same text in each record, in UTF-8. Generated code calls this.
    public mutating func append(name: StaticString, constant: StaticString) {
        append(UnsafeRawBufferPointer(name), UnsafeRawBufferPointer(constant))
    }

    mutating func append(_ header: RecordHeader) {
        header.name.withBytes { name in header.withValueBytes { value in append(name, value) } }
    }

    /// Adds a header as this type has written it.
    mutating func append(written header: [UInt8]) {
        header.withUnsafeBytes { bytes in
            guard let from = bytes.baseAddress else { return }
            reserve(bytes.count)
            (memory + size).copyMemory(from: from, byteCount: bytes.count)
            size += bytes.count
            count += 1
        }
    }

    private mutating func append(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        let length = Self.prefixSize + name.count + value.count
        reserve(length)
        // Room for all of it is reserved.
        let start = memory + size
        start.storeBytes(of: name.count, as: Int.self)
        (start + 8).storeBytes(of: value.count, as: Int.self)
        if let from = name.baseAddress { (start + Self.prefixSize).copyMemory(from: from, byteCount: name.count) }
        if let from = value.baseAddress {
            (start + Self.prefixSize + name.count).copyMemory(from: from, byteCount: value.count)
        }
        size += length
        count += 1
    }

    private mutating func reserve(_ additional: Int) {
        if size + additional > capacity { grow(by: additional) }
    }

    private mutating func grow(by additional: Int) {
        let larger = max(capacity * 2, size + additional)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
        moved.copyMemory(from: memory, byteCount: size)
        memory.deallocate()
        memory = moved
        capacity = larger
    }

    /// Removes all headers, and keeps the memory.
    public mutating func removeAll() {
        size = 0
        count = 0
    }

    /// Adds headers, which take the place of those of the same name.
    mutating func replace(by given: [RecordHeader]) {
        let own = all
        removeAll()
        for header in own where !given.contains(where: { $0.name == header.name }) { append(header) }
        for header in given { append(header) }
    }

    /// The headers, in order.
    var all: [RecordHeader] { Self.headers(in: bytes) }

    /// The bytes. Valid until the headers are changed.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory, count: size) }

    // MARK: Reading

    /// The bytes before a header's name.
    static let prefixSize = 16

    /// Calls a closure with the name and the value of each header, in order.
    ///
    /// - Parameter bytes: Headers that this type has written.
    static func forEach(
        in bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Void
    ) {
        var position = 0
        while position < bytes.count {
            let nameSize = bytes.loadUnaligned(fromByteOffset: position, as: Int.self)
            let valueSize = bytes.loadUnaligned(fromByteOffset: position + 8, as: Int.self)
            let name = position + prefixSize
            let value = name + nameSize
            position = value + valueSize
            body(
                UnsafeRawBufferPointer(rebasing: bytes[name..<value]),
                UnsafeRawBufferPointer(rebasing: bytes[value..<position]))
        }
    }

    static func headers(in bytes: UnsafeRawBufferPointer) -> [RecordHeader] {
        var headers: [RecordHeader] = []
        forEach(in: bytes) { name, value in
            headers.append(RecordHeader(name: String(decoding: name, as: UTF8.self), value: Array(value)))
        }
        return headers
    }
}

extension UnsafeRawBufferPointer {
    /// Refers to the text's UTF-8, which is part of the program.
    fileprivate init(_ text: StaticString) {
        self.init(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }
}
