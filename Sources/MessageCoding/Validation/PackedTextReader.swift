import SchemaPlan
/// A reader of ``PackedText`` that the generator has written. Another text is a fault of the program.
struct PackedTextReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ text: StaticString) {
        precondition(text.hasPointerRepresentation, "a packed plan is longer than one character")
        bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    @inline(never)
    mutating func number() -> Int {
        var value: UInt = 0
        var shift: UInt = 0
        while true {
            precondition(position < bytes.count && shift < 64, "a packed plan that the generator has not written")
            let byte =
                bytes[position] == PackedText.substitute ? PackedText.backslash : bytes[position]
            position += 1
            value |= UInt((byte &- PackedText.zero) & 31) << shift
            guard byte &- PackedText.zero >= 32 else { return Int(bitPattern: value) }
            shift += 5
        }
    }

    mutating func numberOrNone() -> Int32 { Int32(truncatingIfNeeded: number() - 1) }

    mutating func index() -> Int32 { Int32(truncatingIfNeeded: number()) }

    mutating func flag() -> Bool { number() != 0 }

    @inline(never)
    mutating func string() -> String {
        let count = number()
        precondition(0...bytes.count - position ~= count, "a packed plan that the generator has not written")
        defer { position += count }
        return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }

    @inline(never)
    mutating func list<Element>(_ body: (inout PackedTextReader) -> Element) -> [Element] {
        let count = number()
        var elements: [Element] = []
        elements.reserveCapacity(min(count, bytes.count))
        for _ in 0..<count { elements.append(body(&self)) }
        return elements
    }
}
