import ContractModel
import JSONTape
import SchemaCompiler
import SchemaPlan

/// The label types of a contract, each kept once.
struct LabelTypes {
    private(set) var all: [LabelType] = []
    private var indices: [String: Int] = [:]

    subscript(name: String) -> LabelType? { indices[name].map { all[$0] } }

    mutating func add(for dimension: MetricDimension, _ values: [String]) -> String {
        let summary =
            switch dimension {
            case .topic:
                "A topic of the contract, under the name that the contract gives it; `other` is any other topic."
            case .event: "An event of the contract."
            case .message: "A message of the contract."
            case .status: "The outcome of a message."
            case .reason: "The reason why a message was not delivered."
            case .rule: "The rule of its contract that a message broke."
            case .component: "A part of the service that has a connection."
            }
        return add(dimension.typeName, summary, values)
    }

    /// Adds a type; where another has its name but not its values, under a longer one.
    mutating func add(_ name: String, _ summary: String, _ values: [String], orNamed longer: String? = nil) -> String {
        let cases = Self.cases(values)
        // The types of dimensions keep their names, whichever comes first.
        let isTaken = longer != nil && MetricDimension.allCases.contains { $0.typeName == name }
        var free = isTaken ? longer ?? name : name
        while let known = self[free], known.values != cases {
            free = free == name && longer != nil ? longer ?? name : free.dropLast("Label".count) + "OtherLabel"
        }
        if indices[free] == nil {
            indices[free] = all.count
            all.append(LabelType(name: free, summary: summary, values: cases))
        }
        return free
    }

    /// Returns case names, made different where two values would have one, and from the type's other static member.
    private static func cases(_ values: [String]) -> [LabelType.Value] {
        var taken: Set<String> = ["texts"]
        var numbers: [String: Int] = [:]
        return values.map { value in
            let base = SwiftName.enumCase(value)
            var name = base
            while !taken.insert(name).inserted {
                let number = numbers[base, default: 2]
                name = "\(base)\(number)"
                numbers[base] = number + 1
            }
            return LabelType.Value(text: value, caseName: name)
        }
    }
}

/// The reasons why a producer does not deliver: the runtime's `ProducerError.Reason`.
package enum FailureReasons {
    /// Returns those of a contract, which can't fail to encrypt where it encrypts nothing.
    static func all(in contract: CompiledContract) -> [String] {
        let encrypts = contract.messages.contains { $0.protection?.encrypts == true }
        return encrypts ? always + encrypting : always
    }

    /// Those of messages with encrypted values.
    private static let encrypting = ["encryption", "missing_key"]

    private static let always = [
        "encoding", "malformed", "invalid", "too_large", "transport_unavailable", "transport_rejected",
        "transport_queue_full", "transport_too_large", "transport_unknown_topic", "transport_not_authorized",
        "transport_not_running", "transport_cancelled", "transport_input_output", "timed_out", "cancelled",
        "background_queue_full", "not_running", "shut_down", "outcome_unknown",
    ]
}

/// The keywords that a message can violate, each the last part of the place that a failure names.
enum ValidationRules {
    /// Returns the keywords of the messages' validation plans, those of the events, and `other` for what has none of
    /// its own.
    static func all(in contract: CompiledContract) -> [String] {
        var used = contract.plan.violableKeywords
        let events = contract.messages.flatMap(\.events)
        if events.contains(where: { !$0.fixed.isEmpty }) { used.insert("fixed") }
        if events.contains(where: { !$0.required.isEmpty }) { used.insert("requires") }
        if events.contains(where: { !$0.forbidden.isEmpty }) { used.insert("forbids") }
        return used.sorted() + [LabelType.otherText]
    }
}
