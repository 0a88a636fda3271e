import SchemaPlan

/// A writer of ``PackedText``.
struct PackedTextWriter {
    private(set) var text = ""

    /// Appends a number from 0.
    mutating func append(_ number: Int) {
        var rest = UInt(bitPattern: number)
        repeat {
            let digit = UInt8(rest & 31) | (rest > 31 ? 32 : 0)
            let byte = PackedText.zero + digit
            text.unicodeScalars.append(Unicode.Scalar(byte == PackedText.backslash ? PackedText.substitute : byte))
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
