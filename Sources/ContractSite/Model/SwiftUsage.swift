import ContractExchange
import ContractGenerator
import JSONTape
import SchemaCompiler

/// The Swift that sends an event, and that which reads it.
struct SwiftUsage {
    let message: CompiledMessage
    let contract: String

    /// Returns the call that sends an event, with the values of an example.
    ///
    /// Values without a literal in Swift are variables with the name of their argument.
    func sending(_ event: CompiledEvent, _ example: JSONValue?) -> String {
        let call = FactoryCall(message, event)
        let arguments = call.parameters.filter(\.isDemanded).map { parameter in
            let value = example?.value(at: parameter.path.pointer.tokens[...])
            return "\(parameter.label): \(literal(value, of: parameter.type) ?? parameter.label)"
        }
        let head = "\(message.typeName).\(call.name)"
        let draft =
            call.takesWholeValue ? "\(head)(value))" : Self.lines(head, arguments)
        return "try await producer.send(\(draft)"
    }

    /// The widths of a line with the whole call, and of one with the factory alone.
    private static let (wholeWidth, draftWidth) = (26, 44)

    private static func lines(_ head: String, _ arguments: [String]) -> String {
        let line = "\(head)(\(arguments.joined(separator: ", ")))"
        if line.utf8.count <= wholeWidth { return line + ")" }
        if line.utf8.count <= draftWidth || arguments.isEmpty { return "\n    \(line))" }
        return "\n    \(head)(\n        \(arguments.joined(separator: ",\n        "))))"
    }

    /// Returns the expression for a value of a type; `nil` where there is none that is worth reading.
    private func literal(_ value: JSONValue?, of type: SwiftType, depth: Int = 0) -> String? {
        guard let value, depth < Self.deepest else { return nil }
        func inner(_ value: JSONValue, _ type: SwiftType) -> String? { literal(value, of: type, depth: depth + 1) }
        switch (type, value) {
        case (.optional, .null): return "nil"
        case (.optional(let wrapped), _): return literal(value, of: wrapped, depth: depth)
        case (.sensitive(let wrapped), _): return inner(value, wrapped).map { "Sensitive(\($0))" }
        case (.nullable(let wrapped), _): return inner(value, wrapped).map { ".value(\($0))" }
        case (.string, .string(let text)): return SwiftLiteral.string(text)
        case (.integer, .number(let number)), (.double, .number(let number)): return number.description
        case (.bool, .bool(let flag)): return "\(flag)"
        case (.timestamp, .string(let text)): return "Timestamp(\(SwiftLiteral.string(text)))!"
        case (.date, .string(let text)): return "CalendarDate(\(SwiftLiteral.string(text)))!"
        case (.enumeration(let path), .string(let text)):
            return message.resolver.enumeration(path)?.cases.first { $0.rawValue == text }.map {
                "." + SwiftName.escaped($0.name)
            }
        case (.array(let element), .array(let values)):
            let elements = values.compactMap { inner($0, element) }
            return elements.count == values.count ? "[\(elements.joined(separator: ", "))]" : nil
        case (.dictionary(let element), .object(let object)):
            let members = object.compactMap { member in
                inner(member.value, element).map { "\(SwiftLiteral.string(member.key)): \($0)" }
            }
            guard members.count == object.count else { return nil }
            return members.isEmpty ? "[:]" : "[\(members.joined(separator: ", "))]"
        case (.object, .object(let object)): return object.isEmpty ? "[:]" : nil
        case (.structure(let path), .object(let object)): return structure(path, object, inner)
        default: return nil
        }
    }

    private static let deepest = 5

    private func structure(
        _ path: [String], _ object: JSONObject, _ literal: (JSONValue, SwiftType) -> String?
    ) -> String? {
        guard let structure = message.resolver[path], !structure.isWrapper else { return nil }
        var arguments: [String] = []
        for property in structure.properties where property.constant == nil {
            let value = object[property.jsonName].flatMap { literal($0, property.type) }
            if let value {
                arguments.append("\(SwiftName.label(property.name)): \(value)")
            } else if property.isRequired {
                return nil
            }
        }
        return "\(path.joined(separator: "."))(\(arguments.joined(separator: ", ")))"
    }

    /// The code that reads records of the message's topic.
    var reading: String {
        let topic = "\(contract).Topics.\(SwiftName.escaped(message.topic.name))"
        let call =
            message.protection?.encrypts == true
            ? "try await \(contract).read(value, decryptedBy: cipher, from: \(topic), headers: headers)"
            : "try \(contract).read(value, from: \(topic), headers: headers)"
        return """
            switch \(call) {
            case .\(SwiftName.escaped(message.caseName))(let message):
                print(message.messageType)
            default:
                break
            }
            """
    }
}
