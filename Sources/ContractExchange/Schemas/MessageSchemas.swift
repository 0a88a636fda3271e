package import ContractModel
package import JSONSchema
package import JSONTape
package import SchemaCompiler

/// The form of encrypted values in a description of messages.
package enum ValueForm: Sendable {
    /// As they are sent: encrypted values are strings.
    case sent
    /// As they are before they are encrypted.
    case plain
}

/// The schema of each message with all that it refers to, in its own draft and in 2020-12.
package struct MessageSchemas: Sendable {
    /// The schema of one message.
    package struct Entry: Sendable {
        /// The schema in the draft of its file. Definitions may be in another one.
        package var bundle: SchemaBundle
        /// The schema in 2020-12, with the same meaning.
        package var current: JSONValue
    }

    private var entries: [String: Entry] = [:]

    /// Bundles the schemas of all messages. Schemas that can't be one file are reported.
    package init(_ contract: CompiledContract, values: ValueForm = .sent, diagnostics: inout Diagnostics) {
        let bundles =
            switch values {
            case .sent: contract.wireSchemas(mixesDrafts: true, diagnostics: &diagnostics)
            case .plain: contract.plainSchemas(diagnostics: &diagnostics)
            }
        // Several messages may have one schema.
        var known: [String: JSONValue] = [:]
        for (message, bundle) in zip(contract.messages, bundles) {
            guard let bundle else { continue }
            let encrypts = values == .sent && message.protection?.encrypts == true
            let key = message.declaration.schema.value + (encrypts ? " of " + message.name : "")
            let current = known[key] ?? SchemaConverter.current(bundle)
            known[key] = current
            entries[message.name] = Entry(bundle: bundle, current: current)
        }
    }

    /// Returns the schema of a message; `nil` where it can't be bundled.
    package subscript(message: String) -> Entry? { entries[message] }
}
