import ContractModel
import JSONTape

extension KeywordTable {
    static let objects: [Keyword] = [
        Keyword("minProperties", .draft4 ... .draft2020, .validation, .count) { lowering, entry in
            entry.value.count.map { lowering.add(.minimumProperties($0), entry) }
        },
        Keyword("maxProperties", .draft4 ... .draft2020, .validation, .count) { lowering, entry in
            entry.value.count.map { lowering.add(.maximumProperties($0), entry) }
        },
        Keyword("required", .draft4 ... .draft2020, .validation, .strings) { lowering, entry in
            lowering.add(.required(entry.value.texts), entry)
        },
        Keyword("properties", .draft4 ... .draft2020, .applicator, .schemaMap) { $0.addMembers($1) },
        Keyword("patternProperties", .draft4 ... .draft2020, .applicator, .schemaMap) { $0.addMembers($1) },
        Keyword("additionalProperties", .draft4 ... .draft2020, .applicator, .schema) { $0.addMembers($1) },
        Keyword("propertyNames", .draft6 ... .draft2020, .applicator, .schema) { lowering, entry in
            lowering.add(.propertyNames(lowering.child("propertyNames")), entry)
        },
        Keyword("dependentRequired", .draft2019 ... .draft2020, .validation, .stringLists) {
            $0.addDependencies($1)
        },
        Keyword("dependentSchemas", .draft2019 ... .draft2020, .applicator, .schemaMap) {
            $0.addDependencies($1)
        },
        // Later drafts divided it into the two above, and allow implementations to keep it.
        Keyword("dependencies", .draft4 ... .draft2020, .applicator, .schemasOrStringLists) {
            $0.addDependencies($1)
        },
        Keyword("unevaluatedProperties", .draft2019 ... .draft2020, .unevaluated, .schema) { lowering, entry in
            lowering.add(.unevaluatedProperties(lowering.child("unevaluatedProperties")), entry)
        },
    ]
}

extension Lowering {
    /// Adds the three keywords that divide an object's members, at the first of them.
    fileprivate mutating func addMembers(_ entry: SourceNode.Entry) {
        let names = ["properties", "patternProperties", "additionalProperties"]
        let present = names.compactMap { self.entry($0) }
        guard present.first?.key.value == entry.key.value else { return }
        var members = Assertion.Members(properties: [], patterns: [], additional: nil)
        if case .mapping(let entries)? = self.entry("properties")?.value.content {
            members.properties = entries.filter(\.value.isSchema).map { property in
                Assertion.Property(name: property.key, node: child("properties", property.key.value))
            }
        }
        if case .mapping(let entries)? = self.entry("patternProperties")?.value.content {
            for pattern in entries
            where pattern.value.isSchema && isPattern(pattern.key.value, at: pattern.key.location) {
                members.patterns.append(
                    Assertion.PatternProperty(
                        pattern: pattern.key, node: child("patternProperties", pattern.key.value)))
            }
        }
        if self.entry("additionalProperties") != nil { members.additional = child("additionalProperties") }
        add(.members(members), entry)
    }

    fileprivate mutating func addDependencies(_ entry: SourceNode.Entry) {
        guard case .mapping(let entries) = entry.value.content else { return }
        var required: [Assertion.DependentRequired] = []
        var schemas: [Assertion.Property] = []
        for dependency in entries {
            let name = dependency.key.value
            if dependency.value.isSchema {
                schemas.append(Assertion.Property(name: dependency.key, node: child(entry.key.value, name)))
            } else {
                required.append(
                    Assertion.DependentRequired(
                        name: name, required: dependency.value.texts,
                        keyword: JSONPointer(tokens: [entry.key.value, name])))
            }
        }
        if !required.isEmpty { add(.dependentRequired(required), entry) }
        if !schemas.isEmpty { add(.dependentSchemas(schemas), entry) }
    }
}
