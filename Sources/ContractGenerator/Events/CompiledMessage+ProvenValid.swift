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
        // An object that may be absent is one argument, which can have what the event forbids in it.
        guard event.forbidden.allSatisfy({ !$0.properties.dropLast().contains(where: \.isOptional) }) else {
            return false
        }
        // A sensitive object is one argument, which may lack what the event requires in it.
        guard
            (event.required + event.forbidden).allSatisfy({ !$0.properties.dropLast().contains(where: \.isSensitive) })
        else { return false }
        let settled = Set(event.fixed.map(\.property.pointer) + event.forbidden.map(\.pointer))
        // With the objects on the way to them.
        let touched = settled.reduce(into: settled) { $0.formUnion($1.ancestors) }
        var checked: Set<TypeGuarantees.NodeID> = []
        func isKept(_ id: TypeGuarantees.NodeID, at pointer: JSONPointer?) -> Bool {
            // Where the event settles nothing further down, the answer is the same wherever the schema is used.
            let inner = pointer.flatMap { touched.contains($0) ? $0 : nil }
            guard inner != nil || checked.insert(id).inserted else { return true }
            let node = guarantees[id]
            return node.isKept
                && node.members.allSatisfy { member in
                    let place = inner.map { $0.appending(member.name) }
                    return place.map(settled.contains) == true || isKept(member.node, at: place)
                } && node.others.allSatisfy { isKept($0, at: nil) }
        }
        return guarantees.isComplete && isKept(guarantees.root, at: JSONPointer())
    }

    /// Whether every value of the message's type is valid.
    var isValidByConstruction: Bool {
        guarantees.isComplete && rules.rules.isEmpty && guarantees.nodes.values.allSatisfy(\.isKept)
    }
}
