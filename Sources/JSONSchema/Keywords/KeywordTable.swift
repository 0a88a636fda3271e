import ContractModel

/// All keywords of all drafts.
enum KeywordTable {
    /// The keywords whose values are references.
    static let references = ["$ref", "$dynamicRef", "$recursiveRef"]

    /// Returns the meaning of a word in a dialect; `nil` where it has none there.
    static func keyword(_ name: String, in dialect: Dialect) -> Keyword? {
        byName[name]?.first { keyword in
            keyword.drafts.contains(dialect.draft)
                && (dialect.draft < .draft2019 || !dialect.vocabularies.isDisjoint(with: keyword.vocabulary))
        }
    }

    /// Returns the drafts that give a word a meaning.
    static func drafts(of name: String) -> [SchemaDraft] {
        let keywords = byName[name] ?? []
        return SchemaDraft.allCases.filter { draft in keywords.contains { $0.drafts.contains(draft) } }
    }

    /// Returns the names of a draft's keywords.
    static func names(in draft: SchemaDraft) -> [String] {
        all.filter { $0.drafts.contains(draft) }.map(\.name)
    }

    private static let byName = Dictionary(grouping: all, by: \.name)

    private static let all: [Keyword] =
        core + metadata + scalars + arrays + objects + combinations
}
