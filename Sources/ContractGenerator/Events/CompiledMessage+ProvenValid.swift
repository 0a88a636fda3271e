import ContractModel
import JSONTape
import SchemaCompiler

/// The proof that Swift types alone keep messages valid, so that their bytes need no validation before they are sent.
///
/// - A draft is made by an event's factory. The values that the event fixes are literals that its schema allows, what it
///   forbids is left out, its required properties are parameters without a default, and the envelope's are filled when the
///   draft is stamped: the event's rules hold by construction. Only the schema's limits beyond the Swift types are left, for
///   parameters and filled properties alike.
/// - A stamped message can be changed: every limit and the event's rules count.
///
/// Two things that no type guarantees are outside the proof, and are checked by `JSONWriter` for every message: that doubles
/// are finite, and that free values (`JSONValue`, `JSONObject`) do not nest too deep to be read.
extension CompiledMessage {
    /// Returns whether every draft that the factory of an event returns is valid once stamped.
    func hasProvenDrafts(of event: CompiledEvent) -> Bool {
        let settled = Set(event.fixed.map(\.property.pointer) + event.forbidden.map(\.pointer))
        // With the objects on the way to them.
        let touched = settled.reduce(into: settled) { $0.formUnion($1.ancestors) }
        var checked: Set<ValidationPlan.SubplanID> = []
        func isKept(_ id: ValidationPlan.SubplanID, at pointer: JSONPointer?) -> Bool {
            // Where the event settles nothing further down, the answer is the same wherever the schema is used.
            let inner = pointer.flatMap { touched.contains($0) ? $0 : nil }
            guard inner != nil || checked.insert(id).inserted else { return true }
            return plan[id].instructions.allSatisfy { instruction in
                switch instruction {
                case .items(let items): isKept(items, at: nil)
                case .members(let members):
                    members.members.allSatisfy { member in
                        let place = inner.map { $0.appending(member.name) }
                        return place.map(settled.contains) == true || isKept(member.subplan, at: place)
                    } && members.others.subplan.map { isKept($0, at: nil) } != false
                default: instruction.isKeptBySwiftTypes
                }
            }
        }
        return plan.isComplete && isKept(plan.root, at: JSONPointer())
    }

    /// Whether every value of the message's type is valid.
    var isValidByConstruction: Bool {
        plan.isComplete && rules.rules.isEmpty
            && plan.subplanIDs.allSatisfy { id in plan[id].instructions.allSatisfy(\.isKeptBySwiftTypes) }
    }
}

extension ValidationPlan.Members.Others {
    /// The schema of the members that have no schema of their own.
    fileprivate var subplan: ValidationPlan.SubplanID? {
        if case .checked(let id) = self { id } else { nil }
    }
}

extension ValidationPlan.Instruction {
    /// Whether no value of the generated type can break the instruction: its own kind, an enum's closed cases, required
    /// members that are not optional, and the types of formats, such as `Timestamp`.
    fileprivate var isKeptBySwiftTypes: Bool {
        switch self {
        case .type, .integerLiteral, .items, .members: true
        case .format(_, let isKept): isKept
        case .enumeration(_, let isOpen, _): !isOpen
        case .minimumLength(let count), .minimumItems(let count), .minimumProperties(let count): count == 0
        case .maximumLength, .maximumItems, .maximumProperties, .minimum, .maximum,
            .exclusiveMinimum, .exclusiveMaximum, .multipleOf:
            false
        }
    }
}
