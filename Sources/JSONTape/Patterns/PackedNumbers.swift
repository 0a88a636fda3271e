/// The small numbers of which a table consists, read from the literal that generated code has in place of an array: it
/// compiles in no time, however long it is.
///
/// A number is one or more characters, of five bits each, the lowest first; all but the last have a sixth bit.
package struct PackedNumbers {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ text: StaticString) {
        precondition(text.hasPointerRepresentation, "a table is longer than one character")
        bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    /// Reads the numbers of a string that outlives the reader.
    package init(_ text: UnsafeBufferPointer<UInt8>) {
        bytes = text
    }

    /// The character of the digit 0. The others follow, with `>` in place of the backslash.
    private static var zero: UInt8 { UInt8(ascii: "?") }
    private static var backslash: UInt8 { UInt8(ascii: "\\") }
    private static var substitute: UInt8 { UInt8(ascii: ">") }

    /// Reads the next number. A table that the generator has not written is a programming error.
    mutating func next() -> Int {
        var value = 0
        var shift = 0
        while true {
            precondition(position < bytes.count && shift < 60, "a table that the generator has not written")
            let byte = bytes[position] == Self.substitute ? Self.backslash : bytes[position]
            precondition(byte >= Self.zero && byte < Self.zero + 64, "a table that the generator has not written")
            position += 1
            value |= Int((byte - Self.zero) & 31) << shift
            guard byte - Self.zero >= 32 else { return value }
            shift += 5
        }
    }

    /// Reads the next numbers, each with the number of its repetitions.
    mutating func next(_ count: Int) -> [Int] {
        var values: [Int] = []
        values.reserveCapacity(count)
        while values.count < count {
            let value = next()
            let repetitions = next()
            precondition(1...(count - values.count) ~= repetitions, "a table that the generator has not written")
            values.append(contentsOf: repeatElement(value, count: repetitions))
        }
        return values
    }

    /// The text of numbers.
    package struct Writer {
        package private(set) var text = ""

        package init() {}

        package mutating func append(_ number: Int) {
            var rest = number
            repeat {
                let digit = UInt8(rest & 31) | (rest > 31 ? 32 : 0)
                let byte = zero + digit
                text.unicodeScalars.append(Unicode.Scalar(byte == backslash ? substitute : byte))
                rest >>= 5
            } while rest > 0
        }

        /// Appends each run of equal numbers as the number and its repetitions.
        package mutating func append(_ numbers: some Collection<Int>) {
            var rest = numbers[...]
            while let first = rest.first {
                let run = rest.prefix { $0 == first }.count
                append(first)
                append(run)
                rest = rest.dropFirst(run)
            }
        }
    }
}
