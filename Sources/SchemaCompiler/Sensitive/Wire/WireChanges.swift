import ContractModel
import JSONSchema
import JSONTape

/// The schemas of a message that differ between plain messages and messages as they are sent, with encrypted values.
///
/// An encrypted value is a string. What its own schemas assert is validated before it is encrypted. What other schemas
/// conclude from the value, such as a `oneOf` whose branches it distinguishes, can't be validated on the wire.
struct WireChanges {
    /// A schema's place in the contract's files.
    struct Place: Hashable {
        var file: String
        var pointer: JSONPointer
    }

    /// The change of one schema.
    struct Change: Hashable {
        /// The category of the encrypted value that the schema applies to; `nil` where it applies to none.
        var category: Int?
        /// Whether the schema also applies to a value that is not encrypted.
        var isPlain = false
        /// The keywords whose result depends on encrypted values (`oneOf`, `not`, `if`, `maxContains`, `enum`, `const`), and
        /// those that state plain values (`example`, `examples`).
        var loosened: Set<String> = []
    }

    private(set) var changes: [Place: Change] = [:]
    /// The schemas that references lead to.
    private(set) var targets: Set<Place> = []

    subscript(place: Place) -> Change? { changes[place] }

    /// - Parameter root: The schema that the message is validated by.
    init(_ model: SchemaModel, root: SchemaModel.NodeID, protection: CompiledProtection) {
        let walk = SensitivityWalk(
            model, root: root, graph: protection.graph, wanted: protection.keys.map { $0 != nil })
        for visit in walk.visits {
            let node = model[visit.schema]
            let place = Place(file: node.file, pointer: node.pointer)
            if let category = walk.category(at: visit.position) {
                // No valid value is where 'false' applies, encrypted or not.
                if case .never? = node.assertions.first?.kind { continue }
                changes[place, default: Change()].category = category
                continue
            }
            changes[place, default: Change()].isPlain = true
            if visit.position != nil { changes[place, default: Change()].loosened.formUnion(["example", "examples"]) }
            for assertion in node.assertions {
                if case .refer(let target) = assertion.kind {
                    targets.insert(Place(file: model[target].file, pointer: model[target].pointer))
                }
                guard let keyword = Self.loosened(assertion, at: visit.position, walk) else { continue }
                changes[place, default: Change()].loosened.insert(keyword)
            }
        }
        changes = changes.filter { $0.value.category != nil || !$0.value.loosened.isEmpty }
    }

    /// Returns the keyword of an assertion whose result depends on encrypted values, so that it can't be asserted on
    /// the wire.
    private static func loosened(_ assertion: Assertion, at position: Int?, _ walk: SensitivityWalk) -> String? {
        guard position != nil else { return nil }
        func depends(_ schemas: [SchemaModel.NodeID]) -> Bool {
            schemas.contains { walk.isDependent($0, at: position) }
        }
        switch assertion.kind {
        case .one(let branches): return depends(branches) ? "oneOf" : nil
        case .not(let schema): return depends([schema]) ? "not" : nil
        case .ifThenElse(let condition): return depends([condition.condition]) ? "if" : nil
        case .contains(let contains):
            let elements = walk.parts(of: assertion.kind, at: position)
            return contains.maximum != nil && elements.contains(where: walk.isDependent) ? "maxContains" : nil
        case .values: return walk.isDependent(assertion.kind, at: position) ? assertion.keyword.tokens.first : nil
        default: return nil
        }
    }
}
