/// A set of characters: `[a-z_]`, `\d` or `\p{Lu}`.
struct ScalarSet: Sendable {
    enum Member: Sendable {
        case ranges([ClosedRange<UInt32>], isNegated: Bool)
        case categories(Set<String>, isNegated: Bool)
        /// A script, whose characters are unknown.
        case script
    }

    var members: [Member]
    var isNegated = false
    /// Whether letters match in any case.
    var ignoresCase = false

    /// Any character except a line break.
    static let anyOfLine = ScalarSet(members: [.ranges([10...10], isNegated: true)])
    static let any = ScalarSet(members: [.ranges([], isNegated: true)])

    /// Whether it is the set of `.`.
    var isAny: Bool {
        guard !isNegated, members.count == 1, case .ranges(let ranges, isNegated: true)? = members.first else {
            return false
        }
        return ranges.isEmpty || ranges == [10...10]
    }

    /// Returns whether the set contains a character; `nil` if that is unknown.
    func contains(_ scalar: Unicode.Scalar) -> Bool? {
        let variants = ignoresCase ? [scalar, scalar.lower, scalar.upper] : [scalar]
        var result: Bool? = false
        for member in members {
            for variant in variants {
                switch member.contains(variant) {
                case true?: return !isNegated
                case nil: result = nil
                case false?: break
                }
            }
        }
        return result.map { $0 != isNegated }
    }
}

extension ScalarSet.Member {
    fileprivate func contains(_ scalar: Unicode.Scalar) -> Bool? {
        switch self {
        case .ranges(let ranges, let isNegated): ranges.contains { $0.contains(scalar.value) } != isNegated
        case .categories(let categories, let isNegated):
            categories.contains(scalar.properties.generalCategory.abbreviation) != isNegated
        case .script: nil
        }
    }

    /// Returns the class of `\p{name}` in Unicode 13, the version of Prometheus 2.42; `nil` if it does not exist.
    static func named(_ name: Substring, isNegated: Bool) -> Self? {
        if name == "Any" { return .ranges([], isNegated: !isNegated) }
        if scripts.contains(name) { return .script }
        let found = categories.filter { $0 == name || (name.utf8.count == 1 && $0.hasPrefix(name)) }
        return found.isEmpty ? nil : .categories(Set(found), isNegated: isNegated)
    }

    private static let categories = [
        "Cc", "Cf", "Co", "Cs", "Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Me", "Mn", "Nd", "Nl", "No", "Pc", "Pd", "Pe",
        "Pf", "Pi", "Po", "Ps", "Sc", "Sk", "Sm", "So", "Zl", "Zp", "Zs",
    ]

    private static let scripts = Set(
        """
        Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Bhaiksuki
        Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee
        Chorasmian Common Coptic Cuneiform Cypriot Cyrillic Deseret Devanagari Dives_Akuru Dogra Duployan
        Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati
        Gunjala_Gondi Gurmukhi Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic Inherited
        Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kayah_Li Kharoshthi
        Khitan_Small_Script Khmer Khojki Khudawadi Lao Latin Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian
        Mahajani Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui
        Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean Nandinagari
        New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Old_Hungarian Old_Italic Old_North_Arabian
        Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Oriya Osage Osmanya Pahawh_Hmong Palmyrene
        Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham
        SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le
        Tai_Tham Tai_Viet Takri Tamil Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Ugaritic Vai Wancho
        Warang_Citi Yezidi Yi Zanabazar_Square
        """.split { $0 == " " || $0 == "\n" })
}

extension Unicode.GeneralCategory {
    fileprivate var abbreviation: String {
        switch self {
        case .control: "Cc"
        case .format: "Cf"
        case .privateUse: "Co"
        case .surrogate: "Cs"
        case .unassigned: "Cn"
        case .lowercaseLetter: "Ll"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .titlecaseLetter: "Lt"
        case .uppercaseLetter: "Lu"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .nonspacingMark: "Mn"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .closePunctuation: "Pe"
        case .finalPunctuation: "Pf"
        case .initialPunctuation: "Pi"
        case .otherPunctuation: "Po"
        case .openPunctuation: "Ps"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .mathSymbol: "Sm"
        case .otherSymbol: "So"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .spaceSeparator: "Zs"
        @unknown default: "Cn"
        }
    }
}
