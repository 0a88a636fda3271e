extension Double {
    /// The shortest text that reads back as this value, a whole number without `.0`.
    var jsonDescription: String {
        let text = description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
