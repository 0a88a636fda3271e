import ContractModel
import JSONSchema
import JSONTape

/// An AsyncAPI document of version 2 or 3: its channels, with who sends and receives.
struct AsyncAPIDocument {
    struct Channel {
        var name: String
        var node: SourceNode
        var messages: [Message]
        var producers: [String] = []
        var consumers: [String] = []
    }

    /// The use of a channel by a service.
    struct Operation {
        var name: String
        var node: SourceNode
        /// `nil` where the document has no such channel.
        var channel: String?
        /// The number of the channel's messages that the operation is about; `nil` for all.
        var messageCount: Int?
    }

    struct Message {
        /// The key by which the document names the message.
        var name: String
        var node: SourceNode
    }

    let root: SourceNode
    let path: String
    private(set) var channels: [Channel] = []
    private(set) var operations: [Operation] = []

    /// - Returns: `nil` where this is not an AsyncAPI document of a known version, which is reported.
    init?(_ root: SourceNode, diagnostics: inout Diagnostics) {
        self.root = root
        path = root.location.file
        guard let version = root["asyncapi"]?.text else {
            diagnostics.error(
                .invalidValue, at: root.location, "the file is not an AsyncAPI document: it has no 'asyncapi'",
                hint: "expected a document with asyncapi: 3.0.0, or a version from 2.0.0")
            return nil
        }
        switch version.first {
        case "2": readVersion2()
        case "3": readVersion3()
        default:
            diagnostics.error(
                .invalidValue, at: root["asyncapi"]?.location ?? root.location,
                "'asyncapi' can't be '\(version)'", hint: "expected a version from 2.0.0 or 3.0.0")
            return nil
        }
    }

    /// The name of the described application as a service.
    var serviceName: String {
        ImportNames.service(root["info"]?["title"]?.text ?? "") ?? "service"
    }

    /// Returns the node that a reference leads to; the node itself if it is not a reference, or leads to nothing.
    func resolved(_ node: SourceNode) -> SourceNode {
        var node = node
        // References may lead to each other in a circle.
        for _ in 0..<16 {
            guard case .string(let text)? = node["$ref"]?.content, let target = target(of: text) else { return node }
            node = target
        }
        return node
    }

    /// Returns the node at a reference within the document; `nil` where there is none.
    func target(of reference: String) -> SourceNode? {
        guard reference.hasPrefix("#"), let pointer = JSONPointer(fragment: reference.dropFirst()) else { return nil }
        return self[pointer]
    }

    subscript(pointer: JSONPointer) -> SourceNode? {
        pointer.tokens.reduce(root as SourceNode?) { node, token in
            switch node?.content {
            case .mapping: node?[token]
            case .sequence(let nodes): Int(token).flatMap { nodes.indices.contains($0) ? nodes[$0] : nil }
            default: nil
            }
        }
    }

    static func entries(of node: SourceNode?) -> [SourceNode.Entry] {
        if case .mapping(let entries)? = node?.content { entries } else { [] }
    }

    // MARK: Version 3

    private mutating func readVersion3() {
        channels = Self.entries(of: root["channels"]).map { entry in
            let node = resolved(entry.value)
            let messages = Self.entries(of: node["messages"]).map {
                Message(name: $0.key.value, node: resolved($0.value))
            }
            return Channel(name: entry.key.value, node: node, messages: messages)
        }
        for entry in Self.entries(of: root["operations"]) {
            let node = resolved(entry.value)
            var operation = Operation(name: entry.key.value, node: node)
            defer { operations.append(operation) }
            guard let text = node["channel"]?["$ref"]?.text,
                let key = JSONPointer(fragment: text.dropFirst())?.tokens.last,
                let index = channels.firstIndex(where: { $0.name == key })
            else { continue }
            operation.channel = key
            if case .sequence(let messages)? = node["messages"]?.content { operation.messageCount = messages.count }
            let service = node["x-service"]?.text ?? serviceName
            if node["action"]?.text == "send" {
                if !channels[index].producers.contains(service) { channels[index].producers.append(service) }
            } else if !channels[index].consumers.contains(service) {
                channels[index].consumers.append(service)
            }
        }
    }

    // MARK: Version 2

    /// Returns the channels of version 2, in which others `subscribe` to what the application sends, and `publish` what
    /// it receives.
    private mutating func readVersion2() {
        for entry in Self.entries(of: root["channels"]) {
            let node = resolved(entry.value)
            var channel = Channel(name: entry.key.value, node: node, messages: [])
            for (key, isSent) in [("subscribe", true), ("publish", false)] {
                guard let operation = node[key].map(resolved) else { continue }
                operations.append(Operation(name: key, node: operation, channel: channel.name))
                if isSent { channel.producers = [serviceName] } else { channel.consumers = [serviceName] }
                for message in Self.messages(of: operation) {
                    let name = message["$ref"]?.text.flatMap { JSONPointer(fragment: $0.dropFirst())?.tokens.last }
                    let target = resolved(message)
                    let own =
                        target["name"]?.text ?? name ?? target["messageId"]?.text ?? target["title"]?.text
                        ?? entry.key.value
                    // The same message may be sent and received.
                    if !channel.messages.contains(where: { $0.node == target }) {
                        channel.messages.append(Message(name: own, node: target))
                    }
                }
            }
            channels.append(channel)
        }
    }

    private static func messages(of operation: SourceNode) -> [SourceNode] {
        guard let message = operation["message"] else { return [] }
        if case .sequence(let nodes)? = message["oneOf"]?.content { return nodes }
        return [message]
    }
}
