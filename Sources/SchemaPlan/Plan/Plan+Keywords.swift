extension Plan {
    /// The keywords that a value can violate, as the last parts of the places that failures name. A duplicate member
    /// violates none.
    package var violableKeywords: Set<String> {
        var indices: Set<Int32> = []
        for step in steps {
            switch step.instruction {
            case .skipUnless, .call, .ifThenElse, .items: break
            case .contains(let index):
                let check = contains[Int(index)]
                if check.minimum > 0 { indices.insert(check.minimumKeyword) }
                if check.maximum < .max { indices.insert(check.maximumKeyword) }
            case .members(let index):
                let check = members[Int(index)]
                indices.formUnion(check.entries.filter(\.isRequired).map(\.keyword))
                if case .refused(let keyword) = check.others { indices.insert(keyword) }
            default: indices.insert(step.keyword)
            }
        }
        return Set(indices.filter { $0 >= 0 }.map { ruleName(keywords[Int($0)].schema) })
    }

    private func ruleName(_ schema: String) -> String {
        schema.lastIndex(of: "/").map { String(schema[schema.index(after: $0)...]) } ?? schema
    }
}
