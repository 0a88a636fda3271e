import JSONTape
import SchemaCompiler

/// The proof that a Swift type alone keeps messages valid, so that their bytes need no validation before they are sent.
///
/// - A draft is made by an event's factory. The values that the event fixes are literals, its required properties are
///   parameters without a default, and the envelope's are filled when the draft is stamped: the event's rules hold by
///   construction. Only the schema's limits beyond the Swift types are left, for parameters and filled properties alike.
/// - A stamped message can be changed: the event's rules count as well.
///
/// Two things that no type guarantees are outside the proof, and are checked by `JSONWriter` for every message: that doubles
/// are finite, and that free values (`JSONValue`, `JSONObject`) do not nest too deep to be read.
extension CompiledMessage {
    /// Whether every draft that a factory of the message returns is valid once stamped.
    var hasProvenDrafts: Bool {
        plan.subplanIDs.allSatisfy { id in plan[id].instructions.allSatisfy(\.isKeptBySwiftTypes) }
    }

    /// Whether every value of the message's type is valid.
    var isValidByConstruction: Bool {
        rules.rules.isEmpty && hasProvenDrafts
    }
}

extension ValidationPlan.Instruction {
    /// Whether no value of the generated type can break the instruction: its own kind, an enum's closed cases, required
    /// members that are not optional, and timestamps, which have one way to be written.
    fileprivate var isKeptBySwiftTypes: Bool {
        switch self {
        case .type, .items, .members, .format(.dateTime): true
        case .enumeration(_, let isOpen, _): !isOpen
        case .minimumLength(let count), .minimumItems(let count), .minimumProperties(let count): count == 0
        case .maximumLength, .maximumItems, .maximumProperties, .format, .minimum, .maximum,
            .exclusiveMinimum, .exclusiveMaximum, .multipleOf:
            false
        }
    }
}
