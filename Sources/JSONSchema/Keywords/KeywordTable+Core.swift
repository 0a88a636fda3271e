import ContractModel
import JSONTape

extension KeywordTable {
    /// Identifiers, references and definitions; ids and anchors have been read by the time a schema is lowered.
    static let core: [Keyword] = [
        Keyword("$schema", .draft4 ... .draft2020, .core, .string, isAnnotation: true),
        Keyword("id", .draft4 ... .draft4, .core, .string, isAnnotation: true),
        // Draft 4 has `id` alone, but schemas of later habits have both.
        Keyword("$id", .draft4 ... .draft2020, .core, .string, isAnnotation: true),
        Keyword("$anchor", .draft2019 ... .draft2020, .core, .string, isAnnotation: true),
        Keyword("$dynamicAnchor", .draft2020 ... .draft2020, .core, .string, isAnnotation: true),
        Keyword("$recursiveAnchor", .draft2019 ... .draft2019, .core, .boolean, isAnnotation: true),
        Keyword("$vocabulary", .draft2019 ... .draft2020, .core, .mapping, isAnnotation: true),
        Keyword("$comment", .draft4 ... .draft2020, .core, .anything, isAnnotation: true),
        // Both words in all drafts: nothing but a reference gives them a meaning.
        Keyword("definitions", .draft4 ... .draft2020, .core, .schemaMap, isAnnotation: true),
        Keyword("$defs", .draft4 ... .draft2020, .core, .schemaMap, isAnnotation: true),
        Keyword("$ref", .draft4 ... .draft2020, .core, .string) { $0.refer($1) },
        Keyword("$dynamicRef", .draft2020 ... .draft2020, .core, .string) { $0.refer($1) },
        Keyword("$recursiveRef", .draft2019 ... .draft2019, .core, .string) { $0.refer($1) },
    ]

    static let metadata: [Keyword] = [
        Keyword("title", .draft4 ... .draft2020, .metadata, .string, isAnnotation: true) {
            $0.node.annotations.title = $1.value.text
        },
        Keyword("description", .draft4 ... .draft2020, .metadata, .string, isAnnotation: true) {
            $0.node.annotations.description = $1.value.text
        },
        Keyword("default", .draft4 ... .draft2020, .metadata, .anything, isAnnotation: true) {
            $0.node.annotations.defaultValue = $1.value
        },
        Keyword("deprecated", .draft4 ... .draft2020, .metadata, .anything, isAnnotation: true) {
            // Some state the reason in place of true.
            if case .bool(false) = $1.value.content { return }
            $0.node.annotations.isDeprecated = true
        },
        Keyword("readOnly", .draft4 ... .draft2020, .metadata, .boolean, isAnnotation: true) {
            $0.node.annotations.isReadOnly = $1.value.flag
        },
        Keyword("writeOnly", .draft4 ... .draft2020, .metadata, .boolean, isAnnotation: true) {
            $0.node.annotations.isWriteOnly = $1.value.flag
        },
        Keyword("examples", .draft4 ... .draft2020, .metadata, .anything, isAnnotation: true) {
            if case .sequence(let nodes) = $1.value.content { $0.node.annotations.examples += nodes }
        },
        Keyword("example", .draft4 ... .draft2020, .metadata, .anything, isAnnotation: true) {
            $0.node.annotations.examples.append($1.value)
        },
        Keyword("contentEncoding", .draft7 ... .draft2020, .content, .string, isAnnotation: true) {
            $0.node.annotations.contentEncoding = $1.value.text
        },
        Keyword("contentMediaType", .draft7 ... .draft2020, .content, .string, isAnnotation: true) {
            $0.node.annotations.contentMediaType = $1.value.text
        },
        Keyword("contentSchema", .draft2019 ... .draft2020, .content, .schema, isAnnotation: true),
    ]
}
