/// The rules of code points that are valid in some places only (RFC 5892, appendix A).
enum ContextRule {
    /// Returns whether the code point at an index may be there.
    static func allows(_ label: [Unicode.Scalar], at index: Int) -> Bool {
        let previous = index > 0 ? label[index - 1] : nil
        let next = index + 1 < label.count ? label[index + 1] : nil
        switch label[index].value {
        case 0x200C: return isAfterVirama(previous) || joinsLetters(label, at: index)
        case 0x200D: return isAfterVirama(previous)
        case 0xB7: return previous == "l" && next == "l"
        case 0x375: return isIn(IDNATables.greek, next)
        case 0x5F3, 0x5F4: return isIn(IDNATables.hebrew, previous)
        case 0x30FB: return label.contains { IDNATables.contains(IDNATables.kanaAndHan, $0.value) }
        case 0x660...0x669: return !label.contains { 0x6F0...0x6F9 ~= $0.value }
        case 0x6F0...0x6F9: return !label.contains { 0x660...0x669 ~= $0.value }
        default: return false
        }
    }

    private static func isIn(_ script: [ClosedRange<UInt32>], _ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { IDNATables.contains(script, $0.value) } ?? false
    }

    private static func isAfterVirama(_ scalar: Unicode.Scalar?) -> Bool {
        scalar?.properties.canonicalCombiningClass == .virama
    }

    /// Returns whether a zero-width non-joiner breaks a connection: the letters before and after it, past transparent marks, would
    /// join.
    private static func joinsLetters(_ label: [Unicode.Scalar], at index: Int) -> Bool {
        guard let left = label[..<index].last(where: { !isTransparent($0) })?.value,
            let right = label[(index + 1)...].first(where: { !isTransparent($0) })?.value
        else { return false }
        let isLeftJoining = left == 0xA872 || IDNATables.contains(IDNATables.dualJoining, left)
        return isLeftJoining
            && (IDNATables.contains(IDNATables.dualJoining, right)
                || IDNATables.contains(IDNATables.rightJoining, right))
    }

    private static func isTransparent(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }
}
