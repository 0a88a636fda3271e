import ContractModel
import JSONTape
import SchemaPlan

/// A word that a draft gives a meaning in schemas.
struct Keyword: Sendable {
    let name: String
    /// The drafts in which the word has this meaning.
    let drafts: ClosedRange<SchemaDraft>
    let vocabulary: Vocabularies
    let form: Form
    /// Whether the word asserts nothing.
    var isAnnotation = false
    /// Adds the meaning of an entry to the schema that is being lowered. Words that modify another, such as
    /// `additionalItems`, are read by that one.
    let lower: @Sendable (inout Lowering, SourceNode.Entry) -> Void

    init(
        _ name: String, _ drafts: ClosedRange<SchemaDraft> = .draft4 ... .draft2020, _ vocabulary: Vocabularies,
        _ form: Form, isAnnotation: Bool = false,
        lower: @escaping @Sendable (inout Lowering, SourceNode.Entry) -> Void = { _, _ in }
    ) {
        self.name = name
        self.drafts = drafts
        self.vocabulary = vocabulary
        self.form = form
        self.isAnnotation = isAnnotation
        self.lower = lower
    }
}

extension Keyword {
    /// The form of a keyword's value.
    enum Form: Sendable {
        case anything
        case string, boolean, number, positiveNumber, count
        case list, strings, types
        case schema, schemas, schemaOrSchemas, schemaMap
        /// A mapping to lists of strings.
        case stringLists
        /// A mapping to schemas and lists of strings.
        case schemasOrStringLists
        case mapping
    }
}

extension Keyword.Form {
    /// A subschema, and the path to it from the keyword's value.
    struct Child {
        var node: SourceNode
        var tokens: [String]
    }

    /// Returns the subschemas of a value. A value of another form has none.
    func subschemas(of value: SourceNode) -> [Child] {
        switch self {
        case .anything, .string, .boolean, .number, .positiveNumber, .count, .list, .strings, .types, .stringLists,
            .mapping:
            []
        case .schema: value.isSchema ? [Child(node: value, tokens: [])] : []
        case .schemas: value.elements.map { $0.filter(\.node.isSchema) } ?? []
        case .schemaOrSchemas:
            value.isSchema ? [Child(node: value, tokens: [])] : value.elements?.filter(\.node.isSchema) ?? []
        case .schemaMap, .schemasOrStringLists: value.members.filter(\.node.isSchema)
        }
    }

    /// Returns all parts of a value that have another form, where the others keep their meaning; else the first.
    func faults(in value: SourceNode) -> [(node: SourceNode, expected: String)] {
        guard case .schemaMap = self, case .mapping(let entries) = value.content else {
            return fault(in: value).map { [$0] } ?? []
        }
        return entries.filter { !$0.value.isSchema }.map { ($0.value, "a schema") }
    }

    /// Returns whether a value has a meaning, though some of its parts may not.
    func isUsable(_ value: SourceNode) -> Bool {
        if case .schemaMap = self, case .mapping = value.content { return true }
        return fault(in: value) == nil
    }

    /// Returns the first part of a value that has another form, and the form in words; `nil` where all is well.
    func fault(in value: SourceNode) -> (node: SourceNode, expected: String)? {
        switch (self, value.content) {
        case (.anything, _), (.string, .string), (.boolean, .bool), (.number, .number), (.list, .sequence),
            (.mapping, .mapping):
            return nil
        case (.positiveNumber, .number(let number)):
            return number > 0 ? nil : (value, "a number greater than 0")
        case (.count, .number(let number)):
            return number.isInteger && number >= 0 ? nil : (value, "a whole number from 0")
        case (.strings, .sequence(let nodes)):
            return nodes.first { !$0.isString }.map { ($0, "a string") }
        case (.types, .string), (.types, .sequence): return typeFault(in: value)
        case (.schema, _): return value.isSchema ? nil : (value, "a schema")
        case (.schemas, .sequence(let nodes)):
            if nodes.isEmpty { return (value, "at least one schema") }
            return nodes.first { !$0.isSchema }.map { ($0, "a schema") }
        case (.schemaOrSchemas, .sequence(let nodes)):
            return nodes.first { !$0.isSchema }.map { ($0, "a schema") }
        case (.schemaOrSchemas, _): return value.isSchema ? nil : (value, "a schema or a list of schemas")
        case (.schemaMap, .mapping(let entries)):
            return entries.first { !$0.value.isSchema }.map { ($0.value, "a schema") }
        case (.stringLists, .mapping(let entries)):
            return entries.lazy.compactMap { Self.strings.fault(in: $0.value) }.first
        case (.schemasOrStringLists, .mapping(let entries)):
            return entries.lazy.compactMap { $0.value.isSchema ? nil : Self.strings.fault(in: $0.value) }.first
        default: return (value, phrase)
        }
    }

    private func typeFault(in value: SourceNode) -> (node: SourceNode, expected: String)? {
        let nodes = if case .sequence(let nodes) = value.content { nodes } else { [value] }
        let wrong = nodes.first { node in
            guard case .string(let name) = node.content else { return true }
            return !TypeSet.names.contains { $0.name == name }
        }
        return wrong.map { ($0, "one of " + TypeSet.names.map(\.name).joined(separator: ", ")) }
    }

    private var phrase: String {
        switch self {
        case .anything: "a value"
        case .string: "a string"
        case .boolean: "true or false"
        case .number: "a number"
        case .positiveNumber: "a number greater than 0"
        case .count: "a whole number from 0"
        case .list: "a list"
        case .strings: "a list of strings"
        case .types: "a type or a list of types"
        case .schema: "a schema"
        case .schemas: "a list of schemas"
        case .schemaOrSchemas: "a schema or a list of schemas"
        case .schemaMap: "a mapping of names to schemas"
        case .stringLists: "a mapping of names to lists of strings"
        case .schemasOrStringLists: "a mapping of names to schemas or lists of strings"
        case .mapping: "a mapping"
        }
    }
}

extension SourceNode {
    fileprivate var elements: [Keyword.Form.Child]? {
        guard case .sequence(let nodes) = content else { return nil }
        return nodes.enumerated().map { Keyword.Form.Child(node: $0.element, tokens: [String($0.offset)]) }
    }

    fileprivate var members: [Keyword.Form.Child] {
        guard case .mapping(let entries) = content else { return [] }
        return entries.map { Keyword.Form.Child(node: $0.value, tokens: [$0.key.value]) }
    }
}
