import ContractModel
import JSONTape
import SchemaCompiler

/// The validators of a contract's messages, and the choice of the one for a value.
struct MessageChoice {
    enum Choice {
        case validator(PlanInterpreter)
        /// The discriminator has a value that no message of the contract has.
        case unknownEvent(JSONTape.Index, pointer: JSONPointer, known: [String])
        /// The value has no discriminator of any message.
        case noDiscriminator
    }

    /// The messages whose discriminators have the same pointer.
    private struct Group {
        let pointer: JSONPointer
        var messages: [String: Int] = [:]
    }

    private let interpreters: [PlanInterpreter]
    private let groups: [Group]
    private let isFixed: Bool

    /// Chooses by the discriminator.
    init(among messages: [CompiledMessage]) {
        var groups: [Group] = []
        for (index, message) in messages.enumerated() {
            let pointer = message.discriminator.pointer
            let position = groups.firstIndex { $0.pointer == pointer } ?? groups.endIndex
            if position == groups.endIndex { groups.append(Group(pointer: pointer)) }
            for event in message.events { groups[position].messages[event.declaration.name.value] = index }
        }
        interpreters = messages.map { PlanInterpreter(plan: $0.plan, rules: $0.rules) }
        self.groups = groups
        isFixed = false
    }

    /// Chooses the same message for all values.
    init(only message: CompiledMessage) {
        interpreters = [PlanInterpreter(plan: message.plan, rules: message.rules)]
        groups = []
        isFixed = true
    }

    /// The discriminators by which messages are told apart.
    var discriminators: [JSONPointer] { groups.map(\.pointer) }

    func choose(for value: JSONTape.Index, on tape: borrowing JSONTape) -> Choice {
        if isFixed { return .validator(interpreters[0]) }
        var unknown: (event: JSONTape.Index, group: Group)?
        for group in groups {
            guard let event = tape.find(group.pointer, from: value), tape.kind(at: event) == .string else { continue }
            if let index = group.messages[tape.string(at: event)] { return .validator(interpreters[index]) }
            unknown = unknown ?? (event, group)
        }
        guard let unknown else { return .noDiscriminator }
        return .unknownEvent(
            unknown.event, pointer: unknown.group.pointer, known: unknown.group.messages.keys.sorted())
    }
}
