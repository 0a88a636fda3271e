package import ContractModel
package import JSONSchema
import JSONTape
import SchemaPlan

/// The schema of a message as it is sent: encrypted values are strings, and what they must be is validated before they are
/// encrypted and after they have been decrypted.
struct WireSchema {
    /// The contract with the message alone, and with the schemas as they apply to what is sent.
    private let contract: Contract
    private let message: MessageDeclaration

    /// - Returns: `nil` where schemas can't be written for what is sent, which is reported.
    init?(
        of message: CompiledMessage, in contract: Contract, _ model: SchemaModel, diagnostics: inout Diagnostics
    ) {
        self.message = message.declaration
        guard let protection = message.protection, protection.encrypts else {
            self.contract = contract
            return
        }
        let rewriter = WireRewriter(
            changes: WireChanges(model, root: message.root.node, protection: protection), keys: protection.keys,
            categories: protection.graph.categories)
        var sent = contract
        sent.messages = [message.declaration]
        sent.schemas = contract.schemas.map(rewriter.rewritten)
        var found = Diagnostics()
        _ = SchemaSet(sent, diagnostics: &found)
        if let problem = found.sorted.first(where: { $0.severity == .error }) {
            diagnostics.error(
                .encryption, at: problem.location,
                "this reference leads into a schema of \(message.name) that is another one when values are encrypted",
                hint: "move the schema that it leads to to the definitions of the file")
            return nil
        }
        self.contract = sent
    }

    /// The schema with all that it refers to, as a schema registry has it.
    func bundle(diagnostics: inout Diagnostics) -> SchemaBundle? {
        // The errors of the schemas have been reported.
        var ignored = Diagnostics()
        return SchemaSet(contract, diagnostics: &ignored).bundle(message.schema, diagnostics: &diagnostics)
    }

    /// The instructions for the message's values; the message's schema is the only root.
    func plan() -> Plan? {
        var ignored = Diagnostics()
        let schemas = MessageSchemas(contract, diagnostics: &ignored)
        guard let root = schemas.root(of: message) else { return nil }
        let openEnums = ContractTypes.openEnums(of: message, schemas.model, diagnostics: &ignored)
        return Plan(schemas.model.simplified(), roots: [Plan.Root(root, openEnums: openEnums)])
    }
}

extension EventRules {
    /// The rules as they apply to what is sent: nothing in an encrypted value can be required.
    func encrypted(by protection: CompiledProtection) -> EventRules {
        var rules = self
        for index in rules.rules.indices {
            rules.rules[index].required.removeAll { protection.encryptsValue(around: $0) }
        }
        return rules
    }
}

extension CompiledProtection {
    /// Returns whether a pointer leads into an encrypted value.
    fileprivate func encryptsValue(around pointer: JSONPointer) -> Bool {
        var position: Int? = 0
        for token in pointer.tokens {
            guard let node = position.map({ graph.nodes[$0] }) else { return false }
            if let category = node.category, keys[category] != nil { return true }
            position = node.position(ofMember: token)
        }
        return false
    }
}

extension CompiledContract {
    /// The schema of a message with all that it refers to, in one line of JSON, as it applies to what is sent: encrypted
    /// values are strings.
    ///
    /// - Returns: `nil` where it can't be written as one text, which is reported.
    package func wireSchemaText(of message: CompiledMessage, diagnostics: inout Diagnostics) -> String? {
        wireSchema(of: message, diagnostics: &diagnostics)?.bundle(diagnostics: &diagnostics)?.text
    }

    /// The schema of a message with all that it refers to, in one line of JSON, as it applies to plain values.
    ///
    /// - Returns: `nil` where it can't be written as one text, which is reported.
    package func plainSchemaText(of message: CompiledMessage, diagnostics: inout Diagnostics) -> String? {
        plainSchemas.bundle(message.declaration.schema, diagnostics: &diagnostics)?.text
    }

    func wireSchema(of message: CompiledMessage, diagnostics: inout Diagnostics) -> WireSchema? {
        WireSchema(of: message, in: contract, model, diagnostics: &diagnostics)
    }

    /// The schemas of all messages as they apply to what is sent.
    package func wireSchemas(diagnostics: inout Diagnostics) -> [SchemaBundle?] {
        let plain = plainSchemas
        return messages.map { message in
            message.protection?.encrypts == true
                ? wireSchema(of: message, diagnostics: &diagnostics)?.bundle(diagnostics: &diagnostics)
                : plain.bundle(message.declaration.schema, diagnostics: &diagnostics)
        }
    }

    private var plainSchemas: SchemaSet {
        // The errors of the schemas have been reported.
        var ignored = Diagnostics()
        return SchemaSet(contract, diagnostics: &ignored)
    }
}

extension SchemaBundle {
    /// The schema as one line of JSON; `nil` where JSON can't hold it.
    var text: String? {
        var writer = JSONWriter()
        writer.write(value)
        return (try? writer.finish()).map { String(decoding: $0, as: UTF8.self) }
    }
}
