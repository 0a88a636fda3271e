package import ContractModel
package import JSONSchema
package import JSONTape
package import SchemaCompiler

/// The schema of each message with all that it refers to, in its own draft and in 2020-12.
package struct MessageSchemas: Sendable {
    /// The schema of one message.
    package struct Entry: Sendable {
        /// The schema in the draft of its file.
        package var bundle: SchemaBundle
        /// The schema in 2020-12, with the same meaning.
        package var current: JSONValue
    }

    private var entries: [String: Entry] = [:]

    /// Bundles the schemas of all messages. Schemas that can't be one file are reported.
    package init(_ contract: CompiledContract, diagnostics: inout Diagnostics) {
        // The errors of the schemas have been reported.
        var ignored = Diagnostics()
        let set = SchemaSet(contract.contract, diagnostics: &ignored)
        var known: [String: Entry] = [:]
        for message in contract.messages {
            let reference = message.declaration.schema
            if known[reference.value] == nil, let bundle = set.bundle(reference, diagnostics: &diagnostics) {
                known[reference.value] = Entry(
                    bundle: bundle, current: SchemaConverter.current(bundle.value, draft: bundle.draft))
            }
            entries[message.name] = known[reference.value]
        }
    }

    /// Returns the schema of a message; `nil` where it can't be bundled.
    package subscript(message: String) -> Entry? { entries[message] }
}
