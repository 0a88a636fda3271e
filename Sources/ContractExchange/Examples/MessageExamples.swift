import ContractEvolution
import ContractModel
import JSONSchema
package import JSONTape
package import SchemaCompiler
import SchemaPlan

/// Valid examples of the events of a contract, made from the schemas: the same in each run.
package struct MessageExamples: Sendable {
    /// An example of one event.
    package struct Example: Sendable {
        package var event: String
        /// The event's summary in the manifest.
        package var summary: String?
        /// The message; sensitive values are made up, as all values are.
        package var value: JSONValue
    }

    private var examples: [String: [Example]] = [:]

    /// Creates an example of each event. Each has been accepted by the validator of its message; an event for which no value is
    /// found has none.
    package init(_ contract: CompiledContract, values: ValueForm = .plain) {
        for (message, validator) in zip(contract.messages, MessageInterpreter.all(of: contract)) {
            let maker = ExampleMaker(contract: contract, message: message, validator: validator)
            examples[message.name] = message.events.compactMap { event in
                maker.example(of: event).map {
                    Example(event: event.declaration.name.value, summary: event.declaration.summary, value: $0)
                }
            }
        }
        if values == .sent { seal(contract) }
    }

    /// Replaces encrypted values by tokens. A schema that can't be written for what is sent has been reported.
    private mutating func seal(_ contract: CompiledContract) {
        var ignored = Diagnostics()
        let validators = MessageInterpreter.allEncrypted(of: contract, diagnostics: &ignored)
        for (message, validator) in zip(contract.messages, validators) {
            guard let protection = message.protection, protection.encrypts else { continue }
            examples[message.name] = examples[message.name]?.compactMap { example in
                guard let value = SealedExample.value(example.value, of: protection),
                    validator.failures(of: value)?.isEmpty == true
                else { return nil }
                return Example(event: example.event, summary: example.summary, value: value)
            }
        }
    }

    /// Returns the examples of a message, in the order of its events.
    package subscript(message: String) -> [Example] { examples[message] ?? [] }
}

/// A maker of the examples of one message.
private struct ExampleMaker {
    private let contract: CompiledContract
    private let message: CompiledMessage
    private let validator: MessageInterpreter
    /// The number of events whose rules name a property.
    private let mentions: [JSONPointer: Int]

    init(contract: CompiledContract, message: CompiledMessage, validator: MessageInterpreter) {
        self.contract = contract
        self.message = message
        self.validator = validator
        var mentions: [JSONPointer: Int] = [:]
        for event in message.events { for property in event.ruledProperties { mentions[property, default: 0] += 1 } }
        self.mentions = mentions
    }

    func example(of event: CompiledEvent) -> JSONValue? {
        guard let root = contract.model.roots[message.declaration.schema.value] else { return nil }
        let choices = choices(for: event, root)
        for extent in [ExampleBuilder.Extent.complete, .required] {
            let plain = builder(for: event, extent: extent)
            for choice in choices {
                var builder = plain
                builder.choice = choice
                guard let value = builder.value(of: root) else { continue }
                if let repaired = repaired(filled(value, of: event)) ?? repaired(value) { return repaired }
            }
        }
        var declaration = message.declaration
        declaration.events = [event.declaration]
        return ValueSearch(contract.model).value(of: declaration).flatMap { isValid($0) ? $0 : nil }
    }

    private func builder(for event: CompiledEvent, extent: ExampleBuilder.Extent) -> ExampleBuilder {
        var builder = ExampleBuilder(model: contract.model, extent: extent)
        builder.stated = stated(event)
        builder.required = Set(event.declaration.required.map(\.value))
        builder.forbidden = forbidden(event)
        return builder
    }

    /// Returns the alternatives to try. Where a union has the discriminator, those with a value of the event's own case come
    /// first: another case may accept the event's name among members that have nothing to do with it.
    private func choices(for event: CompiledEvent, _ root: SchemaModel.NodeID) -> [Int] {
        guard let variants = message.variants, let variant = message.variant(of: event),
            let discriminator = message.declaration.discriminator?.value
        else { return Array(0..<Self.mostChoices) }
        var builder = builder(for: event, extent: .required)
        builder.stated[discriminator] = nil
        let names = variant.events.map { JSONValue.string($0.value.rawValue) }
        let choices = 0..<max(Self.mostChoices, variants.cases.count)
        let own = choices.filter { choice in
            builder.choice = choice
            let value = builder.value(of: root)?.value(at: discriminator.tokens[...])
            return value.map(names.contains) == true
        }
        return own + choices.filter { !own.contains($0) }
    }

    private static let mostChoices = 4

    /// Returns the properties that the event must not have, and those that only other events are about.
    private func forbidden(_ event: CompiledEvent) -> OmittedProperties {
        OmittedProperties(
            forbidden: Set(event.declaration.forbidden.map(\.value)),
            required: Set(event.declaration.required.map(\.value)), ofEvent: event.ruledProperties, ofAll: mentions)
    }

    private func stated(_ event: CompiledEvent) -> [JSONPointer: JSONValue] {
        var stated: [JSONPointer: JSONValue] = [:]
        for fixed in event.declaration.fixed { stated[fixed.property.value] = fixed.value.jsonValue }
        if let discriminator = message.declaration.discriminator?.value {
            stated[discriminator] = .string(event.declaration.name.value)
        }
        return stated
    }

    private func isValid(_ value: JSONValue) -> Bool { validator.failures(of: value)?.isEmpty == true }

    private static let mostRepairs = 12

    /// Returns the value without the parts that are invalid, where it is valid without them.
    private func repaired(_ value: JSONValue) -> JSONValue? {
        var value = value
        for _ in 0..<Self.mostRepairs {
            guard let failures = validator.failures(of: value) else { return nil }
            guard let place = failures.first(where: { !$0.tokens.isEmpty }) ?? failures.first else { return value }
            guard let smaller = value.removing(at: place.tokens[...]) else { return nil }
            value = smaller
        }
        return nil
    }

    /// Returns the value with the strings that a producer fills.
    private func filled(_ value: JSONValue, of event: CompiledEvent) -> JSONValue {
        var value = value
        // A string may name a property that another one fills.
        for rule in message.envelope + message.envelope {
            guard
                let text = PatternTexts(contract: contract, event: event.declaration.name.value)
                    .text(of: rule.pattern, in: value)
            else { continue }
            value = value.replacing(at: rule.property.pointer.tokens[...], with: .string(text))
        }
        return value
    }
}

extension CompiledEvent {
    /// The properties that the event requires or forbids.
    fileprivate var ruledProperties: Set<JSONPointer> {
        Set((declaration.required + declaration.forbidden).map(\.value))
    }
}

extension MessageInterpreter {
    /// Returns the places at which a value is invalid; `nil` where it can't be written.
    fileprivate func failures(of value: JSONValue) -> [JSONPointer]? {
        guard let bytes = value.jsonBytes, let tape = try? JSONTape(parsing: bytes) else { return nil }
        return failures(in: tape).map(\.failure.instance)
    }
}

/// The strings of patterns in examples.
package struct PatternTexts {
    let contract: CompiledContract
    let event: String

    package init(contract: CompiledContract, event: String) {
        self.contract = contract
        self.event = event
    }

    /// Returns the text of a pattern for a message; `nil` where a property that it names is absent.
    package func text(of pattern: MessagePattern, in value: JSONValue) -> String? {
        var text = ""
        for part in pattern.parts {
            switch part {
            case .text(let literal): text += literal
            case .now: text += ExampleTexts.now
            case .nowMilliseconds: text += String(ExampleTexts.milliseconds)
            case .id: text += ExampleTexts.id
            case .service: text += contract.contract.service.value
            case .event: text += event
            case .property(let path):
                guard let found = value.value(at: path.pointer.tokens[...]) else { return nil }
                switch found {
                case .string(let string): text += string
                case .number(let number): text += number.description
                case .bool(let flag): text += "\(flag)"
                case .null, .array, .object: return nil
                }
            }
        }
        return text
    }
}
