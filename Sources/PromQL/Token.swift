/// A word of PromQL.
struct Token: Hashable {
    enum Kind: Hashable {
        /// A name; keywords are names until the parser says otherwise.
        case identifier
        case number(Double)
        /// A length of time, in milliseconds.
        case duration(Int)
        case string(String)
        /// A sign such as `(`, `=~` or `>=`.
        case sign
        case end
    }

    var kind: Kind
    var text: String
    var range: Range<Int>

    func isWord(_ word: String) -> Bool { kind == .identifier && text.lowercased() == word }
    func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }

    /// The token as a diagnostic shows it.
    var shown: String {
        if case .end = kind { "the end" } else { "'\(text)'" }
    }
}
