import ContractModel
import JSONTape

extension KeywordTable {
    static let arrays: [Keyword] = [
        Keyword("minItems", .draft4 ... .draft2020, .validation, .count) { lowering, entry in
            entry.value.count.map { lowering.add(.minimumItems($0), entry) }
        },
        Keyword("maxItems", .draft4 ... .draft2020, .validation, .count) { lowering, entry in
            entry.value.count.map { lowering.add(.maximumItems($0), entry) }
        },
        Keyword("uniqueItems", .draft4 ... .draft2020, .validation, .boolean) { lowering, entry in
            if entry.value.flag { lowering.add(.uniqueItems, entry) }
        },
        Keyword("items", .draft4 ... .draft2019, .applicator, .schemaOrSchemas) { lowering, entry in
            guard case .sequence(let nodes) = entry.value.content else {
                lowering.add(.items(Assertion.Items(prefix: [], rest: lowering.child("items"))), entry)
                return
            }
            let prefix = nodes.indices.map { lowering.child("items", String($0)) }
            let rest = lowering.entry("additionalItems").map { _ in lowering.child("additionalItems") }
            lowering.add(.items(Assertion.Items(prefix: prefix, rest: rest)), entry)
        },
        Keyword("additionalItems", .draft4 ... .draft2019, .applicator, .schema),
        Keyword("prefixItems", .draft2020 ... .draft2020, .applicator, .schemas) { lowering, entry in
            guard case .sequence(let nodes) = entry.value.content else { return }
            let prefix = nodes.indices.map { lowering.child("prefixItems", String($0)) }
            let rest = lowering.entry("items").map { _ in lowering.child("items") }
            lowering.add(.items(Assertion.Items(prefix: prefix, rest: rest)), entry)
        },
        Keyword("items", .draft2020 ... .draft2020, .applicator, .schema) { lowering, entry in
            guard lowering.entry("prefixItems") == nil else { return }
            lowering.add(.items(Assertion.Items(prefix: [], rest: lowering.child("items"))), entry)
        },
        Keyword("contains", .draft6 ... .draft2020, .applicator, .schema) { $0.addContains($1) },
        Keyword("minContains", .draft2019 ... .draft2020, .validation, .count),
        Keyword("maxContains", .draft2019 ... .draft2020, .validation, .count),
        Keyword("unevaluatedItems", .draft2019 ... .draft2020, .unevaluated, .schema) { lowering, entry in
            lowering.add(.unevaluatedItems(lowering.child("unevaluatedItems")), entry)
        },
    ]
}

extension Lowering {
    fileprivate mutating func addContains(_ entry: SourceNode.Entry) {
        let minimum = self.entry("minContains")?.value.count
        let maximum = self.entry("maxContains")?.value.count
        let contains = Assertion.Contains(
            node: child("contains"), minimum: minimum ?? 1, maximum: maximum,
            minimumKeyword: JSONPointer(tokens: [minimum == nil ? "contains" : "minContains"]),
            maximumKeyword: JSONPointer(tokens: ["maxContains"]), marksEvaluated: dialect.draft >= .draft2020)
        add(.contains(contains), entry)
    }
}
