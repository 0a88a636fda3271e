package import ContractModel

extension SchemaDraft {
    /// Creates the draft of a meta-schema's URI: with `http` or `https`, with or without an empty fragment.
    package init?(uri: String) {
        var text = uri.hasSuffix("#") ? String(uri.dropLast()) : uri
        if text.hasPrefix("https://") { text = "http://" + text.dropFirst(8) }
        let draft = SchemaDraft.allCases.first { draft in
            let own = draft.uri
            return (own.hasPrefix("https://") ? "http://" + own.dropFirst(8) : own) == text
        }
        guard let draft else { return nil }
        self = draft
    }

    /// Whether all keywords beside a `$ref` are ignored.
    package var ignoresReferenceSiblings: Bool { self < .draft2019 }
}
