import ContractModel
import JSONTape
import SchemaPlan

extension KeywordTable {
    static let scalars: [Keyword] = [
        Keyword("type", .draft4 ... .draft2020, .validation, .types) { lowering, entry in
            let names = entry.value.text.map { [$0] } ?? entry.value.texts
            var set: TypeSet = []
            for (name, type, _) in TypeSet.names where names.contains(name) {
                set.insert(type == .integer && lowering.dialect.draft == .draft4 ? .integerLiteral : type)
            }
            lowering.add(.types(set.normalized), entry)
        },
        Keyword("enum", .draft4 ... .draft2020, .validation, .list) { lowering, entry in
            guard case .sequence(let nodes) = entry.value.content else { return }
            lowering.add(.values(nodes.map(\.jsonValue)), entry)
        },
        Keyword("const", .draft6 ... .draft2020, .validation, .anything) {
            $0.add(.values([$1.value.jsonValue]), $1)
        },

        Keyword("minLength", .draft4 ... .draft2020, .validation, .count) { lowering, entry in
            entry.value.count.map { lowering.add(.minimumLength($0), entry) }
        },
        Keyword("maxLength", .draft4 ... .draft2020, .validation, .count) { lowering, entry in
            entry.value.count.map { lowering.add(.maximumLength($0), entry) }
        },
        Keyword("pattern", .draft4 ... .draft2020, .validation, .string) { lowering, entry in
            guard let source = entry.value.text, lowering.isPattern(source, at: entry.value.location) else { return }
            lowering.add(.pattern(source), entry)
        },
        Keyword("format", .draft4 ... .draft2020, [.formatAnnotation, .formatAssertion], .string) {
            $0.addFormat($1)
        },

        Keyword("minimum", .draft4 ... .draft4, .validation, .number) {
            $0.addBound(.minimum, $1, isExclusive: $0.entry("exclusiveMinimum")?.value.flag ?? false)
        },
        Keyword("maximum", .draft4 ... .draft4, .validation, .number) {
            $0.addBound(.maximum, $1, isExclusive: $0.entry("exclusiveMaximum")?.value.flag ?? false)
        },
        Keyword("exclusiveMinimum", .draft4 ... .draft4, .validation, .boolean),
        Keyword("exclusiveMaximum", .draft4 ... .draft4, .validation, .boolean),
        Keyword("minimum", .draft6 ... .draft2020, .validation, .number) {
            $0.addBound(.minimum, $1, isExclusive: false)
        },
        Keyword("maximum", .draft6 ... .draft2020, .validation, .number) {
            $0.addBound(.maximum, $1, isExclusive: false)
        },
        Keyword("exclusiveMinimum", .draft6 ... .draft2020, .validation, .number) {
            $0.addBound(.minimum, $1, isExclusive: true)
        },
        Keyword("exclusiveMaximum", .draft6 ... .draft2020, .validation, .number) {
            $0.addBound(.maximum, $1, isExclusive: true)
        },
        Keyword("multipleOf", .draft4 ... .draft2020, .validation, .positiveNumber) { lowering, entry in
            if case .number(let divisor) = entry.value.content { lowering.add(.multipleOf(divisor), entry) }
        },
    ]
}

extension Lowering {
    fileprivate mutating func addBound(
        _ side: Assertion.Bound.Side, _ entry: SourceNode.Entry, isExclusive: Bool
    ) {
        guard case .number(let value) = entry.value.content else { return }
        add(.bound(Assertion.Bound(side: side, value: value, isExclusive: isExclusive)), entry)
    }

    fileprivate mutating func addFormat(_ entry: SourceNode.Entry) {
        guard let name = entry.value.text else { return }
        node.annotations.format = Located(name, at: entry.value.location)
        guard let format = StringFormat(rawValue: name) else {
            warn(
                .schemaFormat, at: entry.value.location, "unknown format '\(name)': it is not asserted",
                hint: Suggestion.nearest(to: name, among: StringFormat.allCases.map(\.rawValue)).map {
                    "did you mean '\($0)'?"
                }, once: "format " + name)
            return
        }
        if options.assertsFormats || dialect.draft >= .draft2019 && dialect.vocabularies.contains(.formatAssertion) {
            add(.format(format), entry)
        }
    }
}
