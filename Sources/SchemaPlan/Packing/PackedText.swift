import JSONTape

/// A writer of numbers and strings as one string, from which generated code reads a plan: a literal compiles in no
/// time, however long it is.
///
/// A number is one or more characters of five bits each, the lowest first; all but the last have a sixth bit. A text is
/// the number of its UTF-8 bytes, and the text itself.
struct PackedTextWriter {
    private(set) var text = ""

    /// The character of the digit 0. The others follow, with a substitute for the backslash.
    static var zero: UInt8 { UInt8(ascii: "?") }
    static var backslash: UInt8 { UInt8(ascii: "\\") }
    static var substitute: UInt8 { UInt8(ascii: ">") }

    /// Appends a number from 0.
    mutating func append(_ number: Int) {
        var rest = UInt(bitPattern: number)
        repeat {
            let digit = UInt8(rest & 31) | (rest > 31 ? 32 : 0)
            let byte = Self.zero + digit
            text.unicodeScalars.append(Unicode.Scalar(byte == Self.backslash ? Self.substitute : byte))
            rest >>= 5
        } while rest > 0
    }

    /// Appends a number from -1.
    mutating func append(orNone number: Int32) { append(Int(number) + 1) }

    mutating func append(_ flag: Bool) { append(flag ? 1 : 0) }

    mutating func append(_ string: String) {
        append(string.utf8.count)
        text.unicodeScalars.append(contentsOf: string.unicodeScalars)
    }

    /// Appends the number of elements, and each element.
    mutating func append<Element>(
        _ elements: some Collection<Element>, _ body: (inout PackedTextWriter, Element) -> Void
    ) {
        append(elements.count)
        for element in elements { body(&self, element) }
    }
}

/// A reader of what ``PackedTextWriter`` has written. Another text is a fault of the program.
struct PackedTextReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ text: StaticString) {
        precondition(text.hasPointerRepresentation, "a packed plan is longer than one character")
        bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    mutating func number() -> Int {
        var value: UInt = 0
        var shift: UInt = 0
        while true {
            precondition(position < bytes.count && shift < 64, "a packed plan that the generator has not written")
            let byte =
                bytes[position] == PackedTextWriter.substitute ? PackedTextWriter.backslash : bytes[position]
            position += 1
            value |= UInt((byte &- PackedTextWriter.zero) & 31) << shift
            guard byte &- PackedTextWriter.zero >= 32 else { return Int(bitPattern: value) }
            shift += 5
        }
    }

    mutating func numberOrNone() -> Int32 { Int32(truncatingIfNeeded: number() - 1) }

    mutating func index() -> Int32 { Int32(truncatingIfNeeded: number()) }

    mutating func flag() -> Bool { number() != 0 }

    mutating func string() -> String {
        let count = number()
        precondition(0...bytes.count - position ~= count, "a packed plan that the generator has not written")
        defer { position += count }
        return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }

    mutating func list<Element>(_ body: (inout PackedTextReader) -> Element) -> [Element] {
        let count = number()
        var elements: [Element] = []
        elements.reserveCapacity(min(count, bytes.count))
        for _ in 0..<count { elements.append(body(&self)) }
        return elements
    }
}
