/// Labels of internationalized names: RFC 5891, section 5.4, with the code points of RFC 5892.
enum IDNALabel {
    /// Returns whether a label that is not all ASCII is a U-label, but for its length and the Bidi rule.
    static func isValid(_ label: [Unicode.Scalar]) -> Bool {
        guard let first = label.first, let last = label.last, first != "-", last != "-" else { return false }
        if label.count >= 4, label[2] == "-", label[3] == "-" { return false }
        switch first.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return false
        default: break
        }
        for (index, scalar) in label.enumerated() {
            switch Derivation(scalar) {
            case .valid: continue
            case .disallowed: return false
            case .contextual: guard ContextRule.allows(label, at: index) else { return false }
            }
        }
        return isNormalized(label)
    }

    // MARK: Code points

    /// The derived property of a code point (RFC 5892, section 3). Unassigned ones are not valid either.
    private enum Derivation {
        case valid, contextual, disallowed

        init(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            // Section 2.6, the exceptions.
            case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: self = .valid
            case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, 0x660...0x669, 0x6F0...0x6F9: self = .contextual
            case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: self = .disallowed
            case 0x2D, 0x30...0x39, 0x61...0x7A: self = .valid
            case 0x200C, 0x200D: self = .contextual
            case let value: self = Self.isDisallowed(scalar, value) ? .disallowed : .valid
            }
        }

        private static func isDisallowed(_ scalar: Unicode.Scalar, _ value: UInt32) -> Bool {
            let properties = scalar.properties
            // Unstable under NFKC and case folding, or ignorable.
            if properties.changesWhenNFKCCaseFolded || properties.isDefaultIgnorableCodePoint
                || properties.isWhitespace || properties.isNoncharacterCodePoint
            {
                return true
            }
            switch value {
            // The blocks of combining marks for symbols and of musical symbols, and the old Hangul letters.
            case 0x20D0...0x20FF, 0x1D100...0x1D1FF, 0x1D200...0x1D24F: return true
            case 0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF: return true
            default: break
            }
            switch properties.generalCategory {
            case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .decimalNumber, .nonspacingMark,
                .spacingMark:
                return false
            default: return true
            }
        }
    }

    // MARK: Normalization

    private struct Pair: Hashable {
        var first: Unicode.Scalar
        var second: Unicode.Scalar
    }

    private static let pairs: [Unicode.Scalar: Pair] = {
        let scalars = Array(IDNATables.composites.description.unicodeScalars)
        return stride(from: 0, to: scalars.count - 2, by: 3).reduce(into: [:]) { pairs, index in
            pairs[scalars[index]] = Pair(first: scalars[index + 1], second: scalars[index + 2])
        }
    }()

    private static let composed = Set(pairs.values)

    /// Returns whether a label of valid code points is in Normalization Form C: its marks are in canonical order, and none composes
    /// with the character before it.
    private static func isNormalized(_ label: [Unicode.Scalar]) -> Bool {
        guard label.contains(where: mayCompose) else { return true }
        var starter: Unicode.Scalar?
        var previousClass: UInt8 = 0
        for scalar in label {
            let combiningClass = combiningClass(scalar)
            guard combiningClass == 0 || combiningClass >= previousClass else { return false }
            if let starter, previousClass == 0 || combiningClass > previousClass {
                guard !composes(starter, with: scalar) else { return false }
            }
            if combiningClass == 0 { starter = scalar }
            previousClass = combiningClass
        }
        return true
    }

    private static func combiningClass(_ scalar: Unicode.Scalar) -> UInt8 {
        scalar.properties.canonicalCombiningClass.rawValue
    }

    private static func mayCompose(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark: true
        default: false
        }
    }

    /// Returns whether a mark composes with a character, or comes before the mark of a composite and composes with the rest of it.
    private static func composes(_ starter: Unicode.Scalar, with mark: Unicode.Scalar) -> Bool {
        var starter = starter
        while true {
            if composed.contains(Pair(first: starter, second: mark)) { return true }
            guard combiningClass(mark) != 0, let pair = pairs[starter],
                combiningClass(mark) < combiningClass(pair.second)
            else { return false }
            starter = pair.first
        }
    }
}
