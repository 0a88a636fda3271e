import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler

/// Checks the events of a message against the properties that they set.
enum EventChecks {
    static func check(_ message: CompiledMessage, _ contract: CompiledContract, diagnostics: inout Diagnostics) {
        for event in message.events { checkDeprecated(event, contract.model, diagnostics: &diagnostics) }
        if contract.hasCompleteMessages { checkValues(of: message, contract.model, diagnostics: &diagnostics) }
    }

    /// Reports events that require, or set, properties that nobody should use any more.
    private static func checkDeprecated(
        _ event: CompiledEvent, _ model: SchemaModel, diagnostics: inout Diagnostics
    ) {
        let uses = event.required.map { ($0, "requires") } + event.fixed.map { ($0.property, "sets") }
        let places = Dictionary(
            event.declaration.required.map { ($0.value, $0.location) }
                + event.declaration.fixed.map { ($0.property.value, $0.property.location) },
            uniquingKeysWith: { first, _ in first })
        for (path, verb) in uses where path.properties.contains(where: \.isDeprecated) {
            guard let place = places[path.pointer] else { continue }
            diagnostics.warning(
                .deprecatedProperty, at: place,
                "the event '\(event.declaration.name.value)' \(verb) '\(path.pointer)', which is deprecated",
                hint: "name the property that replaces it")
        }
    }

    /// Reports values of an enum that no event sets, if each event sets one.
    private static func checkValues(
        of message: CompiledMessage, _ model: SchemaModel, diagnostics: inout Diagnostics
    ) {
        guard message.events.count > 1, let first = message.events.first else { return }
        for fixed in first.fixed {
            let pointer = fixed.property.pointer
            let set = message.events.compactMap { event in
                event.declaration.fixed.first { $0.property.value == pointer }?.value.jsonValue
            }
            guard set.count == message.events.count, let schema = fixed.property.properties.last?.schema else {
                continue
            }
            let facts = ValueFacts(model, schema)
            guard facts.values.count == 1, let values = facts.values.first, values.count > 1,
                let place = first.declaration.fixed.first(where: { $0.property.value == pointer })?.property.location
            else { continue }
            let unset = values.filter { !set.contains($0) && $0 != .null }
            guard !unset.isEmpty, !facts.nodes.contains(where: { message.root.openEnums.contains($0) }) else {
                continue
            }
            diagnostics.warning(
                .unusedEnumValue, at: place,
                "no event sets '\(pointer)' to \(Suggestion.list(unset.map(\.shortText)))",
                hint: "add an event that does, or remove the value from the schema")
        }
    }
}

extension JSONValue {
    /// The value as a message quotes it.
    fileprivate var shortText: String {
        if case .string(let text) = self { "'\(text)'" } else { jsonText }
    }
}
