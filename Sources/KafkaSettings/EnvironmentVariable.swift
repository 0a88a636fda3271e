import StringFormats

/// An environment variable of a contract: its name, values and default.
package struct EnvironmentVariable: Hashable, Sendable {
    /// The section that a variable belongs to, in the order in which sections are listed.
    package enum Section: String, Hashable, Sendable, CaseIterable {
        case connection = "Connection"
        case topics = "Topics"
        case security = "Security"
        case encryption = "Encryption"
        case producing = "Producing"
        case registry = "Schema registry"
    }

    /// The values that a variable takes.
    package enum Values: Hashable, Sendable {
        /// One of several words, in upper or lower case.
        case words([String])
        /// `true` or `false`.
        case boolean
        /// A whole number in a range, with the unit that it counts.
        case number(ClosedRange<Int>, unit: Unit)
        /// Any text, described by a noun.
        case text(String)
        /// A string that is never shown.
        case secret

        package enum Unit: String, Hashable, Sendable {
            case count = ""
            case milliseconds = "ms"
            case bytes = "bytes"
        }
    }

    package var name: String
    package var section: Section
    package var purpose: String
    package var values: Values
    /// `nil` for a variable that is not set by default.
    package var defaultValue: String?

    package init(name: String, section: Section, purpose: String, values: Values, defaultValue: String? = nil) {
        self.name = name
        self.section = section
        self.purpose = purpose
        self.values = values
        self.defaultValue = defaultValue
    }

    package var isSecret: Bool { values == .secret }

    // MARK: Topics

    /// Returns the variable that sets the whole name of a topic.
    ///
    /// - Parameters:
    ///   - key: The topic's key in the contract: `jobs`.
    ///   - defaultName: The topic's name where the environment does not change it.
    package static func topic(key: String, defaultName: String) -> EnvironmentVariable {
        EnvironmentVariable(
            name: TopicVariable.name(ofTopic: key), section: .topics,
            purpose: "Name of the topic `\(key)`; no prefix is added",
            values: .text("topic name"), defaultValue: defaultName)
    }

    /// Returns all variables of a contract, by section.
    ///
    /// - Parameters:
    ///   - service: The service's name; the default client id contains it.
    ///   - topicPrefix: The contract's prefix of topic names.
    ///   - topics: The keys and default names of the contract's topics.
    ///   - encryptionKeys: The names of the contract's encryption keys, and their schemes.
    package static func all(
        service: String, topicPrefix: String, topics: [(key: String, name: String)],
        encryptionKeys: [(name: String, scheme: String)]
    ) -> [EnvironmentVariable] {
        let defaults: [KafkaVariable: String] = [
            .topicPrefix: topicPrefix, .clientID: KafkaProducerSettings(service: service).clientID,
        ]
        var variables = KafkaVariable.allCases.map { variable in
            var description = variable.description
            if let value = defaults[variable] { description.defaultValue = value }
            return description
        }
        variables += topics.map { topic(key: $0.key, defaultName: $0.name) }
        variables += encryptionKeys.flatMap { Self.encryptionKeys(ofName: $0.name, scheme: $0.scheme) }
        return Section.allCases.flatMap { section in variables.filter { $0.section == section } }
    }

    /// The beginnings of the names of all variables but those with encryption keys. A name that begins otherwise belongs to
    /// another program.
    package static let prefixes = ["KAFKA_", "SCHEMA_REGISTRY_"]
}
