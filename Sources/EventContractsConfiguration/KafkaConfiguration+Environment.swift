public import Configuration
public import EventContracts

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension KafkaConfiguration {
    /// Reads the environment and a `.env` file.
    ///
    /// The environment wins over the file, and both over the defaults. Names may be in upper or lower case; where a name is
    /// set in both, the upper one counts. A variable that is set to nothing counts as not set, so that the file's value
    /// holds, except for `KAFKA_TOPIC_PREFIX`, where nothing means: no prefix.
    ///
    /// ```swift
    /// let configuration = try KafkaConfiguration(service: "tda-backend", topics: TDA.topics)
    /// ```
    ///
    /// - Parameters:
    ///   - environment: The process's own, unless a test gives another.
    ///   - environmentFile: The path of a `.env` file, which need not exist; `nil` for none.
    ///   - service: The service's name, for the client's id.
    ///   - topics: The contract's topics, whose names may be set.
    /// - Throws: ``ConfigurationError`` with all that is wrong.
    public init(
        environment: [String: String] = ProcessInfo.processInfo.environment, environmentFile: String? = ".env",
        service: String, topics: [Topic]
    ) throws(ConfigurationError) {
        var providers = [Self.provider(environment)]
        var problems: [ConfigurationError.Problem] = []
        if let environmentFile {
            let file = EnvironmentFile(path: environmentFile)
            providers.append(Self.provider(file.values))
            problems = file.problems
        }
        try self.init(ConfigReader(providers: providers), service: service, topics: topics, problems: problems)
    }

    /// Reads from any providers of swift-configuration. The key of `KAFKA_CLIENT_ID` is `kafka.clientId`, and so on; of
    /// `KAFKA_JOBS_TOPIC`, `kafka.jobs.topic`.
    ///
    /// - Throws: ``ConfigurationError`` with all that is wrong.
    public init(_ config: ConfigReader, service: String, topics: [Topic]) throws(ConfigurationError) {
        try self.init(config, service: service, topics: topics, problems: [])
    }

    /// - Parameter problems: What was wrong before anything was read.
    private init(
        _ config: ConfigReader, service: String, topics: [Topic], problems: [ConfigurationError.Problem]
    ) throws(ConfigurationError) {
        self.init(service: service)
        var reader = SettingsReader(config, problems: problems)
        readAddresses(&reader)
        readTopicNames(&reader, topics: topics)
        security.read(&reader)
        producer.read(&reader)
        guard reader.problems.isEmpty else { throw ConfigurationError(problems: reader.problems) }
    }

    private static func provider(_ variables: [String: String]) -> EnvironmentVariablesProvider {
        var upper: [String: String] = [:]
        // In an order of its own, so that which of several spellings counts is no matter of chance.
        for (name, value) in variables.sorted(by: { $0.key < $1.key }) { upper[name.uppercased()] = value }
        for (name, value) in variables where name == name.uppercased() { upper[name] = value }
        // Docker Compose sets to nothing what its host has not set.
        upper = upper.filter { !$0.value.isEmpty || $0.key == "KAFKA_TOPIC_PREFIX" }
        return EnvironmentVariablesProvider(
            environmentVariables: upper, secretsSpecifier: .specific(["KAFKA_SASL_PASSWORD"]))
    }

    // MARK: Addresses

    private mutating func readAddresses(_ reader: inout SettingsReader) {
        if let text = reader.text("KAFKA_BOOTSTRAP_SERVERS") {
            let servers = text.split(separator: ",", omittingEmptySubsequences: false).map(SettingsReader.trimmed)
            if servers.allSatisfy(Self.isAddress) {
                bootstrapServers = servers
            } else {
                reader.report(
                    "KAFKA_BOOTSTRAP_SERVERS", "expected host:port, or several with commas between, found '\(text)'")
            }
        }
        if let text = reader.text("SCHEMA_REGISTRY_URL") {
            if text.contains("@") {
                // Not quoted: what stands before the sign is likely a password.
                reader.report(
                    "SCHEMA_REGISTRY_URL", "expected an http or https URL without a user name and a password")
            } else if Self.isURL(text) {
                schemaRegistryURL = text
            } else {
                reader.report("SCHEMA_REGISTRY_URL", "expected an http or https URL, found '\(text)'")
            }
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        guard let colon = text.lastIndex(of: ":") else { return false }
        let (host, digits) = (text[..<colon], text[text.index(after: colon)...])
        guard digits.allSatisfy({ ("0"..."9").contains($0) }), let port = UInt16(digits), port > 0,
            !host.contains(where: \.isWhitespace)
        else { return false }
        if host.hasPrefix("["), host.hasSuffix("]") { return host.count > 2 }
        return !host.isEmpty && !host.contains { ":/@[]".contains($0) }
    }

    private static func isURL(_ text: String) -> Bool {
        let schemes = ["http://", "https://"]
        guard let scheme = schemes.first(where: text.lowercased().hasPrefix) else { return false }
        let rest = text.dropFirst(scheme.count)
        return rest.first.map { !"/?#:".contains($0) } ?? false && !rest.contains(where: \.isWhitespace)
    }

    // MARK: Topics

    private mutating func readTopicNames(_ reader: inout SettingsReader, topics: [Topic]) {
        topicNames.prefix = reader.rawText(at: SettingsReader.key("KAFKA_TOPIC_PREFIX"))
        var namedBy: [String: String] = [:]
        for topic in topics {
            let name = reader.rawText(at: ConfigKey(["kafka", topic.key, "topic"]))
            if let name, !name.isEmpty { topicNames.overrides[topic.key] = name }
            let resolved = topicNames.name(of: topic)
            let variable =
                topicNames.overrides[topic.key] == nil ? "KAFKA_TOPIC_PREFIX" : Self.variable(ofTopic: topic.key)
            if !Self.isTopicName(resolved) {
                reader.report(variable, "expected a topic's name (1 to 249 of a-z A-Z 0-9 . _ -), found '\(resolved)'")
                // A prefix that one topic can't have, no other can.
                if variable == "KAFKA_TOPIC_PREFIX" { return }
            } else if let other = namedBy.updateValue(topic.key, forKey: resolved.replacing(".", with: "_")) {
                // Kafka's metrics take one for the other.
                reader.report(
                    Self.variable(ofTopic: topic.key),
                    "expected a name that '.' and '_' do not make that of the topic '\(other)', found '\(resolved)'")
            }
        }
    }

    /// The variable that names a topic: `KAFKA_JOBS_TOPIC`.
    public static func variable(ofTopic key: String) -> String {
        var name = ""
        var wasLower = false
        for character in key {
            if wasLower, character.isUppercase { name += "_" }
            wasLower = character.isLowercase
            name += character.isLetter || character.isNumber ? character.uppercased() : "_"
        }
        return "KAFKA_\(name)_TOPIC"
    }

    private static func isTopicName(_ name: String) -> Bool {
        (1...249).contains(name.utf8.count) && name != "." && name != ".."
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
