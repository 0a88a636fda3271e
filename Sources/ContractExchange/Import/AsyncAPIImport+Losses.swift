import ContractModel
import JSONTape

/// The members of a document's objects that a contract has a place for.
struct Carried {
    private let members: Set<String>
    /// The members that an export makes from other parts of the contract.
    private let exported: Set<String>

    private init(_ members: Set<String>, exported: Set<String> = []) {
        (self.members, self.exported) = (members, exported)
    }

    func contains(_ member: String, isExported: Bool) -> Bool {
        members.contains(member) || (isExported && exported.contains(member))
    }

    static let document = Carried(
        ["asyncapi", "info", "channels", "operations", "components", "defaultContentType"], exported: ["servers"])
    static let info = Carried(
        ["title", "version", "description"], exported: ["contact", AsyncAPIExport.extensionKey])
    static let channel = Carried(
        ["address", "title", "summary", "description", "messages", "bindings", "publish", "subscribe"],
        exported: ["servers", AsyncAPIExport.extensionKey])
    static let channelBinding = Carried(
        ["topic", "partitions", "replicas", "topicConfiguration", "bindingVersion"])
    static let operation = Carried(
        ["action", "channel", "messages", "message", "x-service"], exported: ["summary", "tags"])
    static let message = Carried(
        [
            "name", "messageId", "title", "summary", "description", "contentType", "headers", "payload", "schemaFormat",
            "bindings",
        ], exported: ["correlationId", "tags", "examples", AsyncAPIExport.extensionKey])
    static let messageBinding = Carried(
        ["key", "bindingVersion"],
        exported: ["schemaIdLocation", "schemaIdPayloadEncoding", "schemaLookupStrategy"])
    static let components = Carried(
        ["schemas", "messages", "channels", "operations", "channelBindings", "messageBindings"],
        exported: ["securitySchemes"])
}

/// The parts of a document that a contract has no place for.
extension AsyncAPIImport {
    /// Records the members of a node that are not carried over.
    mutating func noteRest(of node: SourceNode, _ subject: String, _ carried: Carried) {
        for entry in AsyncAPIDocument.entries(of: node)
        where !carried.contains(entry.key.value, isExported: isExported) {
            note("'\(entry.key.value)' of \(subject) has no place in a contract", at: entry.key.location)
        }
    }

    /// Records the bindings of other protocols than Kafka.
    mutating func noteBindings(of node: SourceNode) {
        guard let bindings = node["bindings"].map(document.resolved) else { return }
        for entry in AsyncAPIDocument.entries(of: bindings) where entry.key.value != "kafka" {
            note("the binding '\(entry.key.value)' has no place in a contract", at: entry.key.location)
        }
    }

    mutating func noteOperations() {
        for operation in document.operations {
            guard let channel = operation.channel else {
                note(
                    "the channel of the operation '\(operation.name)' does not exist; the operation is left out",
                    at: operation.node.location)
                continue
            }
            let place = document.root["asyncapi"]?.text?.first == "2" ? " of '\(channel)'" : ""
            noteRest(of: operation.node, "the operation '\(operation.name)'\(place)", Carried.operation)
            let all = document.channels.first { $0.name == channel }?.messages.count ?? 0
            if let count = operation.messageCount, count < all {
                note(
                    "the operation '\(operation.name)' is about \(count) of the \(all) messages of '\(channel)'; in a "
                        + "contract, a service sends or receives all messages of a topic", at: operation.node.location)
            }
        }
    }

    /// Records the components that a contract has no place for, and those that no channel uses.
    mutating func noteComponents() {
        guard let components = document.root["components"] else { return }
        noteRest(of: components, "'components'", Carried.components)
        let used = Set(document.channels.flatMap(\.messages).map(\.node))
        for entry in AsyncAPIDocument.entries(of: components["messages"])
        where !used.contains(document.resolved(entry.value)) {
            note("no channel has the message '\(entry.key.value)', which is left out", at: entry.key.location)
        }
        let usedNames = Set(
            usedSchemas.compactMap {
                $0.tokens.starts(with: ["components", "schemas"]) ? $0.tokens.dropFirst(2).first : nil
            })
        for entry in AsyncAPIDocument.entries(of: components["schemas"]) where !usedNames.contains(entry.key.value) {
            note("no message has the schema '\(entry.key.value)', which is left out", at: entry.key.location)
        }
    }
}
