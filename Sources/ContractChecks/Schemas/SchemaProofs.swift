import ContractEvolution
import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler

/// The proofs about a contract's schemas, whose solver is made when the first one is needed.
struct SchemaProofs {
    typealias NodeID = SchemaModel.NodeID

    let model: SchemaModel
    let plain: PlainConditions
    /// The messages whose events need a proof.
    let messages: [CompiledMessage]
    private lazy var solver = Satisfiability(model, messages: messages.map(\.declaration))

    init(_ contract: CompiledContract) {
        model = contract.model
        let plain = PlainConditions(model: contract.model)
        self.plain = plain
        // The rules of events are complete if no error of a message has been reported.
        messages = contract.hasCompleteMessages ? contract.messages.filter { !plain.areRulesPossible(of: $0) } : []
    }

    /// Returns whether it is proved that no value is valid by all of some schemas.
    mutating func isEmpty(_ ids: NodeID...) -> Bool { solver?.isEmpty(ids) == true }

    /// Returns whether it is proved that no value satisfies all of some conditions.
    mutating func isEmpty(_ conditions: [Assertion.Kind]) -> Bool { solver?.isEmpty(conditions) == true }

    /// Returns whether it is proved that no message can be an event.
    mutating func isEmpty(_ event: EventDeclaration) -> Bool { solver?.isEmpty(event) == true }

    /// Returns whether it is proved that each value of a schema is valid by one of others.
    mutating func isContained(_ id: NodeID, in others: [NodeID]) -> Bool {
        solver?.isContained(id, in: others) == true
    }

    /// Returns whether it is proved that no string of a regular expression is valid by a schema.
    mutating func isEmpty(_ id: NodeID, matching expression: String) -> Bool {
        solver?.isEmpty(id, matching: expression) == true
    }

    /// Returns the number of a schema's values; `nil` if it is not proved, or larger than a limit.
    mutating func numberOfValues(of id: NodeID, atMost limit: Int) -> Int? {
        solver?.numberOfValues(of: id, atMost: limit)
    }
}
