import ContractExchange
import ContractGenerator
import JSONTape
import SchemaCompiler

/// The Swift that sends an event, and that which reads it.
struct SwiftUsage {
    let message: CompiledMessage
    let contract: String

    /// The call that sends an event, with the values of an example.
    ///
    /// Values without a literal in Swift are variables with the name of their argument.
    func sending(_ event: CompiledEvent, _ example: JSONValue?) -> String {
        let call = FactoryCall(message, event)
        let arguments = call.parameters.filter(\.isDemanded).map { parameter in
            let value = example?.value(at: parameter.path.pointer.tokens[...])
            return "\(parameter.label): \(literal(value, of: parameter.path.type) ?? parameter.label)"
        }
        let head = "\(message.typeName).\(call.name)"
        let draft =
            call.takesWholeValue ? "\(head)(value))" : Self.lines(head, arguments)
        return "try await producer.send(\(draft)"
    }

    private static let longestLine = 34

    private static func lines(_ head: String, _ arguments: [String]) -> String {
        let line = "\(head)(\(arguments.joined(separator: ", ")))"
        guard line.utf8.count > longestLine else { return line + ")" }
        return "\n    \(head)(\n        \(arguments.joined(separator: ",\n        "))))"
    }

    private func literal(_ value: JSONValue?, of type: SwiftType) -> String? {
        switch (type, value) {
        case (.optional(let inner), _): literal(value, of: inner)
        case (.string, .string(let text)?): SwiftLiteral.string(text)
        case (.integer, .number(let number)?), (.double, .number(let number)?): number.description
        case (.bool, .bool(let flag)?): "\(flag)"
        case (.enumeration(let path), .string(let text)?):
            message.resolver.enumeration(path)?.cases.first { $0.rawValue == text }.map {
                "." + SwiftName.escaped($0.name)
            }
        default: nil
        }
    }

    /// The code that reads records of the message's topic.
    var reading: String {
        """
        switch try \(contract).read(value, from: \(contract).Topics.\(SwiftName.escaped(message.topic.name)), headers: headers) {
        case .\(SwiftName.escaped(message.caseName))(let message):
            print(message.messageType)
        default:
            break
        }
        """
    }
}
