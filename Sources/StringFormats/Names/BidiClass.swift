/// A character's Bidi_Class, as far as the characters of labels differ in it.
enum BidiClass {
    case leftToRight
    /// `R` and `AL`.
    case rightToLeft
    case europeanNumber, arabicNumber, nonspacingMark
    /// `ES`, `ON` and `BN`.
    case neutral

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x30...0x39, 0x6F0...0x6F9: self = .europeanNumber
        case 0x660...0x669, 0x10D30...0x10D39: self = .arabicNumber
        case let value where IDNATables.contains(IDNATables.neutral, value): self = .neutral
        case let value:
            if scalar.properties.generalCategory == .nonspacingMark {
                self = .nonspacingMark
            } else {
                self = IDNATables.contains(IDNATables.rightToLeft, value) ? .rightToLeft : .leftToRight
            }
        }
    }

    /// Whether a name with such a character is a Bidi domain name.
    var isRightToLeft: Bool { self == .rightToLeft || self == .arabicNumber }

    /// Returns whether a label meets the Bidi rule (RFC 5893, section 2).
    static func meetsRule(_ label: [Unicode.Scalar]) -> Bool {
        let classes = label.map(BidiClass.init)
        let last = classes.last { $0 != .nonspacingMark }
        switch classes.first {
        case .rightToLeft:
            let hasBothNumbers = classes.contains(.europeanNumber) && classes.contains(.arabicNumber)
            return !classes.contains(.leftToRight) && !hasBothNumbers
                && (last == .rightToLeft || last == .europeanNumber || last == .arabicNumber)
        case .leftToRight:
            return !classes.contains { $0.isRightToLeft } && (last == .leftToRight || last == .europeanNumber)
        default: return false
        }
    }
}
