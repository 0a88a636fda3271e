import StringFormats
import Synchronization

/// The scalars with a character property, by the standard library's version of Unicode.
enum PropertySets {
    /// The sets of properties that patterns have asked for: each takes a walk over the characters.
    private static let known = Mutex<[PatternProperty: ScalarSet]>([:])

    static func set(_ property: PatternProperty) throws(PatternError) -> ScalarSet {
        if let set = known.withLock({ $0[property] }) { return set }
        let set = try find(property)
        known.withLock { $0[property] = set }
        return set
    }

    private static func find(_ property: PatternProperty) throws(PatternError) -> ScalarSet {
        switch property {
        case .generalCategory(let name):
            return scalars { hasCategory($0, name) }
        case .binary(let name):
            guard let test = test(name) else { throw .unsupported("\\p{\(name)}") }
            return scalars(where: test)
        case .script(let name):
            return try regexSet("\\p{Script=\(name)}")
        case .scriptExtensions(let name):
            return try regexSet("\\p{Script_Extensions=\(name)}")
        }
    }

    /// Returns the scalars that a test accepts.
    private static func scalars(where test: (Unicode.Scalar) -> Bool) -> ScalarSet {
        var ranges: [ClosedRange<UInt32>] = []
        var value: UInt32 = 0
        while value <= 0x10FFFF {
            let end = lastAlike(value)
            if let scalar = Unicode.Scalar(value), test(scalar) { ranges.append(value...end) }
            value = end + 1
        }
        return ScalarSet(ranges)
    }

    /// Returns the last of the scalars from one on that have the same properties: ideographs and syllables that every version of
    /// Unicode since 12 has, surrogates, and planes without assigned characters.
    private static func lastAlike(_ value: UInt32) -> UInt32 {
        switch value {
        case 0x4E00: 0x9FEF
        case 0xAC00: 0xD7A3
        case 0xD800: 0xDFFF
        case 0x2_0000: 0x2_A6D6
        case 0xE_1000: 0xE_FFFD
        case 0x4_0000...0xD_FFFF where value & 0xFFFF == 0, 0xF_0000, 0x10_0000: value + 0xFFFD
        default: value
        }
    }

    /// Returns the scalars of a script. The standard library has scripts only behind its own regular expressions.
    private static func regexSet(_ pattern: String) throws(PatternError) -> ScalarSet {
        guard let regex = try? Regex(pattern) else { throw .unsupported(pattern) }
        return scalars { scalar in
            let category = scalar.properties.generalCategory
            guard category != .unassigned, category != .privateUse else { return false }
            return (try? regex.wholeMatch(in: String(scalar))) ?? nil != nil
        }
    }

    private static func hasCategory(_ scalar: Unicode.Scalar, _ name: String) -> Bool {
        let category = shortName(scalar.properties.generalCategory)
        if name == "LC" { return category == "Lu" || category == "Ll" || category == "Lt" }
        return name.count == 1 ? category.hasPrefix(name) : category == name
    }

    private static func shortName(_ category: Unicode.GeneralCategory) -> String {
        switch category {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }

    /// Returns the test of a property that is true or false; `nil` where the standard library does not have it.
    private static func test(_ name: String) -> ((Unicode.Scalar) -> Bool)? {
        switch name {
        case "Any": return { _ in true }
        case "ASCII": return { $0.isASCII }
        case "Assigned": return { $0.properties.generalCategory != .unassigned }
        case "Regional_Indicator": return { 0x1F1E6...0x1F1FF ~= $0.value }
        default: return properties[name].map { property in { $0.properties[keyPath: property] } }
        }
    }

    // A key path of a struct's stored or computed properties is safe to share, but is not marked so.
    private static var properties: [String: KeyPath<Unicode.Scalar.Properties, Bool>] {
        [
            "ASCII_Hex_Digit": \.isASCIIHexDigit, "Alphabetic": \.isAlphabetic, "Bidi_Control": \.isBidiControl,
            "Bidi_Mirrored": \.isBidiMirrored, "Case_Ignorable": \.isCaseIgnorable, "Cased": \.isCased,
            "Changes_When_Casefolded": \.changesWhenCaseFolded, "Changes_When_Casemapped": \.changesWhenCaseMapped,
            "Changes_When_Lowercased": \.changesWhenLowercased,
            "Changes_When_NFKC_Casefolded": \.changesWhenNFKCCaseFolded,
            "Changes_When_Titlecased": \.changesWhenTitlecased, "Changes_When_Uppercased": \.changesWhenUppercased,
            "Dash": \.isDash, "Default_Ignorable_Code_Point": \.isDefaultIgnorableCodePoint,
            "Deprecated": \.isDeprecated, "Diacritic": \.isDiacritic, "Emoji": \.isEmoji,
            "Emoji_Modifier": \.isEmojiModifier, "Emoji_Modifier_Base": \.isEmojiModifierBase,
            "Emoji_Presentation": \.isEmojiPresentation, "Extender": \.isExtender, "Grapheme_Base": \.isGraphemeBase,
            "Grapheme_Extend": \.isGraphemeExtend, "Hex_Digit": \.isHexDigit,
            "IDS_Binary_Operator": \.isIDSBinaryOperator, "IDS_Trinary_Operator": \.isIDSTrinaryOperator,
            "ID_Continue": \.isIDContinue, "ID_Start": \.isIDStart, "Ideographic": \.isIdeographic,
            "Join_Control": \.isJoinControl, "Logical_Order_Exception": \.isLogicalOrderException,
            "Lowercase": \.isLowercase, "Math": \.isMath, "Noncharacter_Code_Point": \.isNoncharacterCodePoint,
            "Pattern_White_Space": \.isPatternWhitespace, "Quotation_Mark": \.isQuotationMark, "Radical": \.isRadical,
            "Sentence_Terminal": \.isSentenceTerminal, "Soft_Dotted": \.isSoftDotted,
            "Terminal_Punctuation": \.isTerminalPunctuation, "Unified_Ideograph": \.isUnifiedIdeograph,
            "Uppercase": \.isUppercase, "Variation_Selector": \.isVariationSelector, "White_Space": \.isWhitespace,
            "XID_Continue": \.isXIDContinue, "XID_Start": \.isXIDStart,
        ]
    }
}
