extension Unicode.Scalar {
    var lower: Unicode.Scalar { Self.only(properties.lowercaseMapping) ?? self }
    var upper: Unicode.Scalar { Self.only(properties.uppercaseMapping) ?? self }

    /// The same character for all cases of a letter.
    var folded: Unicode.Scalar { upper.lower }

    private static func only(_ text: String) -> Unicode.Scalar? {
        text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
    }
}
