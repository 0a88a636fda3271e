import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler
import SchemaPlan

/// Checks the keywords of a contract's own schemas, each by itself.
struct SchemaChecks {
    private typealias NodeID = SchemaModel.NodeID

    private let model: SchemaModel
    private let values: StatedValueChecker

    static func check(_ contract: CompiledContract, diagnostics: inout Diagnostics) {
        let checks = SchemaChecks(model: contract.model, values: StatedValueChecker(contract.model))
        let files = Dictionary(
            contract.contract.schemas.filter { !$0.isFromLibrary }.map { ($0.name, $0.root) },
            uniquingKeysWith: { first, _ in first })
        var lonely: [SourceLocation: SourceNode] = [:]
        for root in files.values { findLonelyKeywords(in: root, &lonely) }
        var seen: Set<SourceLocation> = []
        for id in checks.model.ids {
            let node = checks.model[id]
            guard files[node.file] != nil, node.isComplete, seen.insert(node.location).inserted else { continue }
            checks.checkExamples(of: id, diagnostics: &diagnostics)
            checks.checkTypes(of: id, diagnostics: &diagnostics)
            checks.checkNames(of: id, diagnostics: &diagnostics)
            if let source = lonely[node.location] { checks.checkPartners(of: source, diagnostics: &diagnostics) }
        }
    }

    // MARK: Examples

    private func checkExamples(of id: NodeID, diagnostics: inout Diagnostics) {
        for example in model[id].annotations.examples where !values.isValid(example, by: id) {
            diagnostics.warning(
                .invalidExample, at: example.location, "an example is invalid by its own schema",
                hint: "correct the example or the schema")
        }
    }

    // MARK: Keywords without effect

    private func checkTypes(of id: NodeID, diagnostics: inout Diagnostics) {
        var types: TypeSet?
        for case .types(let set) in model[id].assertions.map(\.kind) { types = set }
        guard let types else { return }
        for assertion in model[id].assertions {
            guard let (subject, type) = assertion.kind.subject, types.intersected(with: type).isEmpty else { continue }
            diagnostics.warning(
                .ignoredKeyword, at: assertion.location,
                "'\(assertion.keyword.tokens.last ?? "")' has no effect: it restricts \(subject), and the 'type' is "
                    + types.names,
                hint: "remove it, or correct the 'type'")
        }
    }

    /// Keywords that have no effect without another, and the other.
    private static let partners: [(keyword: String, others: [String])] = [
        ("then", ["if"]), ("else", ["if"]), ("if", ["then", "else"]), ("minContains", ["contains"]),
        ("maxContains", ["contains"]),
    ]

    private static let keywordsWithPartners = Set(partners.map(\.keyword))

    /// Collects the mappings that have a keyword without its partner. Not all of them are schemas.
    private static func findLonelyKeywords(in node: SourceNode, _ found: inout [SourceLocation: SourceNode]) {
        switch node.content {
        case .sequence(let nodes): for node in nodes { findLonelyKeywords(in: node, &found) }
        case .mapping(let entries):
            if entries.contains(where: { keywordsWithPartners.contains($0.key.value) }) { found[node.location] = node }
            for entry in entries { findLonelyKeywords(in: entry.value, &found) }
        case .null, .bool, .number, .string: break
        }
    }

    private func checkPartners(of schema: SourceNode, diagnostics: inout Diagnostics) {
        guard case .mapping(let entries) = schema.content else { return }
        for (keyword, others) in Self.partners {
            guard let entry = entries.first(where: { $0.key.value == keyword }),
                !entries.contains(where: { others.contains($0.key.value) })
            else { continue }
            diagnostics.warning(
                .ignoredKeyword, at: entry.key.location,
                "'\(keyword)' has no effect without '\(others.joined(separator: "' or '"))'",
                hint: "add it, or remove '\(keyword)'")
        }
    }

    // MARK: Values of enums

    private func checkNames(of id: NodeID, diagnostics: inout Diagnostics) {
        for assertion in model[id].assertions {
            guard case .values(let values) = assertion.kind, values.count > 1 else { continue }
            var seen: [String: String] = [:]
            for case .string(let text) in values {
                if text.first?.isWhitespace == true || text.last?.isWhitespace == true {
                    diagnostics.warning(
                        .enumValue, at: assertion.location, "the value '\(text)' starts or ends with white space",
                        hint: "remove the white space")
                }
                guard text.count > 2 else { continue }
                if let other = seen.updateValue(text, forKey: text.lowercased()), other != text {
                    diagnostics.warning(
                        .enumValue, at: assertion.location, "the values '\(other)' and '\(text)' differ only in case",
                        hint: "keep one of them")
                }
            }
        }
    }
}

extension Assertion.Kind {
    /// The values that a condition restricts, all others being valid; `nil` for conditions of all values.
    fileprivate var subject: (words: String, type: TypeSet)? {
        switch self {
        case .minimumLength, .maximumLength, .pattern, .format: ("strings", .string)
        case .bound, .multipleOf: ("numbers", .number)
        case .minimumItems, .maximumItems, .uniqueItems, .items, .contains, .unevaluatedItems: ("arrays", .array)
        case .minimumProperties, .maximumProperties, .required, .members, .propertyNames, .dependentRequired,
            .dependentSchemas, .unevaluatedProperties:
            ("objects", .object)
        case .never, .types, .values, .all, .any, .one, .not, .ifThenElse, .refer: nil
        }
    }
}
