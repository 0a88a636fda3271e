import ContractModel
import JSONTape

/// The topics of channels.
extension AsyncAPIImport {
    mutating func topic(
        _ channel: AsyncAPIDocument.Channel, taken: JSONObject
    ) -> (key: String, value: JSONObject)? {
        let binding = channel.node["bindings"].flatMap { document.resolved($0)["kafka"] }.map(document.resolved)
        let whole = binding?["topic"]?.text ?? channel.node["address"]?.text ?? channel.name
        let prefix = words["topic_prefix"]?.string ?? ""
        var key = whole.hasPrefix(prefix) ? String(whole.dropFirst(prefix.count)) : whole
        let legal = ImportNames.topic(key)
        if legal != key {
            note("'\(whole)' is not a name that Kafka allows; the topic is '\(legal)'", at: channel.node.location)
        }
        key = legal
        guard taken[key] == nil else {
            note("a second channel of the topic '\(whole)' is left out", at: channel.node.location)
            return nil
        }
        var topic = JSONObject()
        topic["purpose"] = description(of: channel.node, named: channel.name).map(JSONValue.string)
        topic["partitions"] = count("partitions", binding, channel)
        topic["replication"] = count("replicas", binding, channel)
        addConfig(binding, to: &topic)
        addServices(channel, to: &topic)
        if let own = channel.node[AsyncAPIExport.extensionKey]?.jsonValue.object {
            for (key, value) in own where topic[key] == nil { topic[key] = value }
        }
        noteRest(of: channel.node, "the channel '\(channel.name)'", Carried.channel)
        if let binding { noteRest(of: binding, "the Kafka binding of '\(channel.name)'", Carried.channelBinding) }
        noteBindings(of: channel.node)
        let before = Set(messages.map(\.key))
        for message in channel.messages { add(message, topic: key) }
        identify(messages.map(\.key).filter { !before.contains($0) })
        return (key, topic)
    }

    private mutating func count(
        _ key: String, _ binding: SourceNode?, _ channel: AsyncAPIDocument.Channel
    ) -> JSONValue {
        if case .number(let number)? = binding?[key]?.content { return .number(number) }
        note("the channel '\(channel.name)' states no '\(key)'; the topic has 1", at: channel.node.location)
        return 1
    }

    private mutating func addConfig(_ binding: SourceNode?, to topic: inout JSONObject) {
        var config = JSONObject()
        guard case .mapping(let entries)? = binding?["topicConfiguration"]?.content else { return }
        for entry in entries {
            let key = entry.key.value
            if key == TopicConfigKeys.cleanupPolicy {
                topic["cleanup"] = entry.value.jsonValue
                if case .array(let values) = entry.value.jsonValue, values.count == 1 { topic["cleanup"] = values[0] }
            } else if TopicConfigKeys.all[key] == nil {
                note("Kafka has no topic config '\(key)'", at: entry.key.location)
            } else {
                config[key] = entry.value.jsonValue
            }
        }
        if !config.isEmpty { topic["config"] = .object(config) }
    }

    /// Returns the summary and the description of a node as paragraphs, or else its title.
    mutating func description(of node: SourceNode, named name: String) -> String? {
        var texts: [String] = []
        for text in [node["summary"]?.text, node["description"]?.text].compactMap(\.self)
        where !text.isEmpty && !texts.contains(text) { texts.append(text) }
        guard let title = node["title"], let text = title.text, text != name, text != node["name"]?.text else {
            return texts.isEmpty ? nil : texts.joined(separator: "\n\n")
        }
        if texts.isEmpty { return text }
        note("the title '\(text)' has no place beside a description", at: title.location)
        return texts.joined(separator: "\n\n")
    }
}
