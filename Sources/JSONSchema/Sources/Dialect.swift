package import ContractModel

/// The rules by which a schema resource is read: a draft, and the vocabularies that its meta-schema selects.
package struct Dialect: Hashable, Sendable {
    package var draft: SchemaDraft
    package var vocabularies: Vocabularies

    package init(_ draft: SchemaDraft, vocabularies: Vocabularies = .standard) {
        self.draft = draft
        self.vocabularies = vocabularies
    }
}

/// The groups into which 2019-09 and 2020-12 divide their keywords. Earlier drafts have all.
package struct Vocabularies: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let core = Vocabularies(rawValue: 1)
    package static let applicator = Vocabularies(rawValue: 2)
    package static let unevaluated = Vocabularies(rawValue: 4)
    package static let validation = Vocabularies(rawValue: 8)
    package static let formatAnnotation = Vocabularies(rawValue: 16)
    package static let formatAssertion = Vocabularies(rawValue: 32)
    package static let content = Vocabularies(rawValue: 64)
    package static let metadata = Vocabularies(rawValue: 128)

    /// The vocabularies of the meta-schemas of the drafts.
    package static let standard: Vocabularies = [
        .core, .applicator, .unevaluated, .validation, .formatAnnotation, .content, .metadata,
    ]

    /// Creates the vocabulary of a URI; `nil` where it is not known.
    package init?(uri: String) {
        let prefixes = ["https://json-schema.org/draft/2019-09/vocab/", "https://json-schema.org/draft/2020-12/vocab/"]
        guard let prefix = prefixes.first(where: { uri.hasPrefix($0) }) else { return nil }
        switch uri.dropFirst(prefix.count) {
        case "core": self = .core
        // In 2019-09, the unevaluated keywords are applicators.
        case "applicator": self = prefix.contains("2019") ? [.applicator, .unevaluated] : .applicator
        case "unevaluated": self = .unevaluated
        case "validation": self = .validation
        case "format", "format-annotation": self = .formatAnnotation
        case "format-assertion": self = [.formatAnnotation, .formatAssertion]
        case "content": self = .content
        case "meta-data": self = .metadata
        default: return nil
        }
    }
}
