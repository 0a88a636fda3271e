import ContractModel

/// The page of a rule in the documentation, which the tool contains.
struct RulePage {
    let rule: Rule
    /// The page in Markdown.
    let text: String

    init(_ rule: Rule) {
        self.rule = rule
        text = Self.texts[rule.rawValue] ?? ""
    }

    private var paragraphs: [String] {
        text.split(separator: "\n\n").map { String($0.replacing("\n", with: " ")) }
    }

    /// The first sentence of the page, without its final stop.
    var summary: String {
        guard paragraphs.count > 2 else { return "" }
        let paragraph = paragraphs[2]
        let sentence = paragraph.firstRange(of: ". ").map { paragraph[..<$0.lowerBound] } ?? paragraph[...]
        return String(sentence.hasSuffix(".") ? sentence.dropLast() : sentence)
    }
}

extension Rule {
    /// The severities of the rule's findings in words.
    var levelName: String {
        switch level {
        case .error: "error"
        case .warning: "warning"
        case .mixed: "error or warning"
        }
    }
}
