/// A writer of the lines of an exposition. Only an ``Exposition`` makes one.
public struct ExpositionWriter: Sendable {
    private(set) var bytes: [UInt8] = []
    /// The texts of the family whose samples are being written.
    private var family: FamilyText?

    init() {}

    var includesSum: Bool { family?.includesSum ?? true }

    /// Passes on the text written so far, and starts again.
    mutating func take() -> [UInt8] {
        let taken = bytes
        bytes = []
        return taken
    }

    mutating func reserve(_ count: Int) {
        bytes.reserveCapacity(count)
    }

    mutating func begin(_ family: FamilyText) {
        self.family = family
        bytes += family.header
    }

    mutating func writeEnd() {
        bytes += "# EOF\n".utf8
    }

    /// Writes a sample's name and labels, and the space before its value.
    mutating func writeName(suffix: Int, labels: ArraySlice<UInt8>, upperBound: Int? = nil) {
        guard let family else { return }
        bytes += family.sampleNames[suffix]
        if !labels.isEmpty || upperBound != nil {
            bytes.append(UInt8(ascii: "{"))
            bytes += labels
            if let upperBound {
                if !labels.isEmpty { bytes.append(UInt8(ascii: ",")) }
                bytes += family.upperBounds[upperBound]
            }
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: " "))
    }

    mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
    }

    mutating func write(_ value: UInt64) {
        if value < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(value))
        } else {
            bytes += String(value).utf8
        }
    }

    mutating func write(_ value: Double) {
        bytes += NumberText.shortest(value).utf8
    }

    /// Writes a number of billionths as a decimal fraction, exactly.
    mutating func write(billionths: UInt64) {
        let (whole, rest) = billionths.quotientAndRemainder(dividingBy: 1_000_000_000)
        write(whole)
        guard rest > 0 else { return }
        // The one in front keeps the zeros before the fraction's digits.
        var digits = String(1_000_000_000 + rest).utf8.dropFirst()
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        bytes.append(UInt8(ascii: "."))
        bytes += digits
    }
}
