import ContractModel
import SchemaCompiler

/// A line about a contract without errors.
enum ContractSummary {
    static func line(_ contract: CompiledContract) -> String {
        let events = contract.messages.map(\.events.count).reduce(0, +)
        return "\(contract.contract.name.value) \(contract.contract.version.value): "
            + "\(count(contract.topics.count, "topic")), \(count(contract.messages.count, "message")), "
            + "\(count(events, "event")): no errors"
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
