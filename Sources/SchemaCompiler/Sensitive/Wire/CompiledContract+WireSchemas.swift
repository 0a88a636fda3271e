package import ContractModel
package import JSONSchema
package import SchemaPlan

extension CompiledContract {
    /// Returns the schema of a message with all that it refers to, in one line of JSON, as it applies to what is sent:
    /// encrypted values are strings.
    ///
    /// - Returns: `nil` where it can't be written as one text, which is reported.
    package func wireSchemaText(of message: CompiledMessage, diagnostics: inout Diagnostics) -> String? {
        wireSchema(of: message, diagnostics: &diagnostics)?.bundle(diagnostics: &diagnostics)?.text
    }

    /// Returns the schema of a message with all that it refers to, in one line of JSON, as it applies to plain values.
    ///
    /// - Returns: `nil` where it can't be written as one text, which is reported.
    package func plainSchemaText(of message: CompiledMessage, diagnostics: inout Diagnostics) -> String? {
        plainSchemas.bundle(message.declaration.schema, diagnostics: &diagnostics)?.text
    }

    /// Returns the instructions for a message as it is sent.
    ///
    /// - Returns: `nil` where its schema can't be written for what is sent, which is reported.
    package func wirePlan(of message: CompiledMessage, diagnostics: inout Diagnostics) -> Plan? {
        wireSchema(of: message, diagnostics: &diagnostics)?.plan()
    }

    private func wireSchema(of message: CompiledMessage, diagnostics: inout Diagnostics) -> WireSchema? {
        WireSchema(of: message, in: contract, model, diagnostics: &diagnostics)
    }

    /// Returns the schemas of all messages as they apply to what is sent.
    ///
    /// - Parameter mixesDrafts: Whether files in different drafts may be bundled. A registry reads a schema by one draft.
    package func wireSchemas(mixesDrafts: Bool = false, diagnostics: inout Diagnostics) -> [SchemaBundle?] {
        let plain = plainSchemas
        return messages.map { message in
            message.protection?.encrypts == true
                ? wireSchema(of: message, diagnostics: &diagnostics)?
                    .bundle(mixesDrafts: mixesDrafts, diagnostics: &diagnostics)
                : plain.bundle(message.declaration.schema, mixesDrafts: mixesDrafts, diagnostics: &diagnostics)
        }
    }

    /// Returns the schemas of all messages as they apply to plain values. Files may be written in different drafts.
    package func plainSchemas(diagnostics: inout Diagnostics) -> [SchemaBundle?] {
        let plain = plainSchemas
        return messages.map { plain.bundle($0.declaration.schema, mixesDrafts: true, diagnostics: &diagnostics) }
    }

    private var plainSchemas: SchemaSet {
        // The errors of the schemas have been reported.
        var ignored = Diagnostics()
        return SchemaSet(contract, diagnostics: &ignored)
    }
}
