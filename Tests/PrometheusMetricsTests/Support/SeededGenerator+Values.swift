import TestSupport

extension SeededGenerator {
    /// A short text with much of what could be escaped wrong.
    mutating func text() -> String {
        let marks: [Unicode.Scalar] = [
            "\\", "\"", "\n", "n", "{", "}", ",", "=", " ", "#", "\r", "\t", "\u{0}", "\u{85}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &self) {
            let isMark = Bool.random(using: &self)
            let any = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &self))
            text.append(isMark ? marks.randomElement(using: &self) ?? "\\" : any ?? "é")
        }
        return String(text)
    }

    /// A double of any kind: any bits, or one that people would write.
    mutating func number() -> Double {
        switch Int.random(in: 0..<4, using: &self) {
        case 0: Double(bitPattern: next())
        case 1: Double(Int.random(in: -1_000_000...1_000_000, using: &self)) / 1000
        case 2: Double(Int64(truncatingIfNeeded: next()))
        default: [0, -0.0, .infinity, -.infinity, .nan, 1e6, 1e-5].randomElement(using: &self) ?? 0
        }
    }
}
