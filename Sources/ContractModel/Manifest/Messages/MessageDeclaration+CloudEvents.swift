import JSONTape

extension MessageDeclaration {
    /// Returns the declaration with the parts that a CloudEvent has by its protocol binding for Kafka, where the manifest does
    /// not state them.
    func completedAsCloudEvent() -> MessageDeclaration {
        guard let cloudEvents else { return self }
        var message = self
        func header(_ name: String, _ value: String) {
            guard !message.headers.contains(where: { $0.name.value.lowercased() == name }) else { return }
            message.headers.append(
                HeaderDeclaration(
                    name: Located(name, at: cloudEvents.location), value: Located(value, at: cloudEvents.location)))
        }
        switch cloudEvents.value {
        case .structured:
            let type = Located(JSONPointer(tokens: ["type"]), at: cloudEvents.location)
            message.discriminator = discriminator ?? type
            header("content-type", "application/cloudevents+json")
        case .binary:
            header("content-type", "application/json")
            header("ce_specversion", "1.0")
            header("ce_type", "{event}")
            header("ce_source", "{service}")
            header("ce_id", "{id}")
            header("ce_time", "{now}")
            message.identification = identification ?? .header(Located("ce_type", at: cloudEvents.location))
        }
        return message
    }
}
