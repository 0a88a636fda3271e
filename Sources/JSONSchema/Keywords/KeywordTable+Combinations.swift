import ContractModel

extension KeywordTable {
    static let combinations: [Keyword] = [
        Keyword("allOf", .draft4 ... .draft2020, .applicator, .schemas) { lowering, entry in
            lowering.add(.all(lowering.children(entry)), entry)
        },
        Keyword("anyOf", .draft4 ... .draft2020, .applicator, .schemas) { lowering, entry in
            lowering.add(.any(lowering.children(entry)), entry)
        },
        Keyword("oneOf", .draft4 ... .draft2020, .applicator, .schemas) { lowering, entry in
            lowering.add(.one(lowering.children(entry)), entry)
        },
        Keyword("not", .draft4 ... .draft2020, .applicator, .schema) { lowering, entry in
            lowering.add(.not(lowering.child("not")), entry)
        },
        Keyword("if", .draft7 ... .draft2020, .applicator, .schema) { lowering, entry in
            let condition = Assertion.Condition(
                condition: lowering.child("if"), then: lowering.entry("then").map { _ in lowering.child("then") },
                otherwise: lowering.entry("else").map { _ in lowering.child("else") })
            lowering.add(.ifThenElse(condition), entry)
        },
        Keyword("then", .draft7 ... .draft2020, .applicator, .schema),
        Keyword("else", .draft7 ... .draft2020, .applicator, .schema),
    ]
}

extension Lowering {
    fileprivate mutating func children(_ entry: SourceNode.Entry) -> [SchemaModel.NodeID] {
        guard case .sequence(let nodes) = entry.value.content else { return [] }
        return nodes.indices.map { child(entry.key.value, String($0)) }
    }
}
