public import Configuration
public import EventContracts

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension KafkaConfiguration {
    /// Reads the configuration from the environment and a `.env` file. The environment wins over the file, and both
    /// over the defaults. Names of variables are found in either case.
    ///
    /// - Parameters:
    ///   - topics: The contract's topics, each of which has a variable for its name.
    ///   - environmentFile: The file's path; a missing file is as an empty one. `nil` reads none.
    ///   - environment: The environment's variables; `nil` takes those of this process.
    /// - Throws: ``ConfigurationError``, with everything that is wrong.
    public init(
        topics: [Topic], environmentFile: String? = ".env",
        environment: [String: String]? = nil
    ) throws(ConfigurationError) {
        var problems: [ConfigurationError.Problem] = []
        let file = environmentFile.map { EnvironmentFile.read($0, problems: &problems) } ?? [:]
        let providers = [environment ?? ProcessInfo.processInfo.environment, file].map { variables in
            EnvironmentVariablesProvider(
                environmentVariables: Self.uppercased(variables),
                secretsSpecifier: .specific(["KAFKA_SASL_PASSWORD"]))
        }
        let reader = SettingsReader(ConfigReader(providers: providers), problems: problems)
        self = try Self.read(reader, topics: topics)
    }

    /// Reads the configuration from a reader of swift-configuration, such as one over several providers.
    ///
    /// Keys are the variables' names in lower case with dots for underscores: `kafka.bootstrap.servers`.
    public init(reading config: ConfigReader, topics: [Topic]) throws(ConfigurationError) {
        self = try Self.read(SettingsReader(config, problems: []), topics: topics)
    }

    /// An exact name wins over one that differs in case.
    private static func uppercased(_ variables: [String: String]) -> [String: String] {
        var all = Dictionary(
            variables.sorted { $0.key < $1.key }.map { ($0.key.uppercased(), $0.value) },
            uniquingKeysWith: { first, _ in first })
        for (name, value) in variables where name == name.uppercased() { all[name] = value }
        return all
    }

    private static func read(
        _ source: SettingsReader, topics: [Topic]
    ) throws(ConfigurationError) -> KafkaConfiguration {
        var reader = source
        var configuration = KafkaConfiguration()
        configuration.readConnection(&reader, topics: topics)
        configuration.readSecurity(&reader)
        configuration.readProducer(&reader)
        guard reader.problems.isEmpty else { throw ConfigurationError(problems: reader.problems) }
        return configuration
    }

    private mutating func readConnection(_ reader: inout SettingsReader, topics: [Topic]) {
        if let servers = reader.string("KAFKA_BOOTSTRAP_SERVERS") {
            bootstrapServers = servers.split(separator: ",").map { $0.filter { $0 != " " } }
            let isSound = !bootstrapServers.isEmpty && bootstrapServers.allSatisfy(Self.isServer)
            if !isSound { reader.refuse("KAFKA_BOOTSTRAP_SERVERS", expected: "HOST:PORT, with commas between several") }
        }
        clientID = reader.string("KAFKA_CLIENT_ID")
        topicNames.prefix = reader.string("KAFKA_TOPIC_PREFIX")
        for topic in topics {
            let variable = "KAFKA_\(Self.variablePart(topic.key))_TOPIC"
            topicNames.names[topic.key] = reader.string(variable)
            let name = topicNames.name(of: topic)
            if !Self.isTopicName(name) {
                reader.refuse(
                    topicNames.names[topic.key] == nil ? "KAFKA_TOPIC_PREFIX" : variable,
                    expected: "a name of letters, digits, '.', '_' and '-', at most 249 long")
            }
        }
        if let url = reader.string("SCHEMA_REGISTRY_URL") {
            schemaRegistryURL = url
            let isWeb = url.hasPrefix("http://") || url.hasPrefix("https://")
            if !isWeb || URL(string: url)?.host?.isEmpty != false {
                reader.refuse("SCHEMA_REGISTRY_URL", expected: "a URL that starts with http:// or https://")
            }
        }
    }

    private mutating func readSecurity(_ reader: inout SettingsReader) {
        securityProtocol = reader.choice("KAFKA_SECURITY_PROTOCOL") ?? securityProtocol
        saslMechanism = reader.choice("KAFKA_SASL_MECHANISM") ?? saslMechanism
        saslUsername = reader.string("KAFKA_SASL_USERNAME")
        saslPassword = reader.string("KAFKA_SASL_PASSWORD", isSecret: true).map { Secret($0) }
        sslCAFile = reader.string("KAFKA_SSL_CAFILE")
        sslCertificateFile = reader.string("KAFKA_SSL_CERTFILE")
        sslKeyFile = reader.string("KAFKA_SSL_KEYFILE")
        if securityProtocol.usesSASL, saslMechanism.usesPassword {
            if saslUsername == nil {
                reader.refuse("KAFKA_SASL_USERNAME", expected: "a name, for \(securityProtocol.rawValue)")
            }
            if saslPassword == nil {
                reader.refuse("KAFKA_SASL_PASSWORD", expected: "a password, for \(securityProtocol.rawValue)")
            }
        }
        if (sslCertificateFile == nil) != (sslKeyFile == nil) {
            reader.refuse(
                sslKeyFile == nil ? "KAFKA_SSL_KEYFILE" : "KAFKA_SSL_CERTFILE",
                expected: "a path: a certificate and its key go together")
        }
    }

    private mutating func readProducer(_ reader: inout SettingsReader) {
        acknowledgements = reader.choice("KAFKA_ACKS") ?? acknowledgements
        retries = reader.integer("KAFKA_RETRIES", 0...Int(Int32.max)) ?? retries
        retryBackoff = reader.milliseconds("KAFKA_RETRY_BACKOFF_MS") ?? retryBackoff
        requestTimeout = reader.milliseconds("KAFKA_REQUEST_TIMEOUT_MS", atLeast: 1) ?? requestTimeout
        deliveryTimeout = reader.milliseconds("KAFKA_DELIVERY_TIMEOUT_MS", atLeast: 1) ?? deliveryTimeout
        batchSize = reader.integer("KAFKA_BATCH_SIZE", 1...Int(Int32.max)) ?? batchSize
        linger = reader.milliseconds("KAFKA_LINGER_MS") ?? linger
        bufferMemory = reader.integer("KAFKA_BUFFER_MEMORY", 1...Int(Int32.max)) ?? bufferMemory
        maximumRequestSize = reader.integer("KAFKA_MAX_REQUEST_SIZE", 1...Int(Int32.max)) ?? maximumRequestSize
        compression = reader.choice("KAFKA_COMPRESSION_TYPE") ?? compression
        isIdempotent = reader.boolean("KAFKA_ENABLE_IDEMPOTENCE") ?? isIdempotent
        maximumInFlightRequests =
            reader.integer("KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION", 1...1_000_000) ?? maximumInFlightRequests
        if isIdempotent, acknowledgements != .all {
            reader.refuse("KAFKA_ACKS", expected: "all, with KAFKA_ENABLE_IDEMPOTENCE")
        }
        if isIdempotent, maximumInFlightRequests > 5 {
            reader.refuse(
                "KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION", expected: "at most 5, with KAFKA_ENABLE_IDEMPOTENCE")
        }
        if deliveryTimeout < requestTimeout + linger {
            reader.refuse(
                "KAFKA_DELIVERY_TIMEOUT_MS", expected: "at least KAFKA_REQUEST_TIMEOUT_MS and KAFKA_LINGER_MS together")
        }
    }

    private static func isServer(_ server: String) -> Bool {
        guard let colon = server.lastIndex(of: ":"), colon != server.startIndex else { return false }
        return UInt16(server[server.index(after: colon)...]).map { $0 > 0 } ?? false
    }

    private static func isTopicName(_ name: String) -> Bool {
        (1...249).contains(name.utf8.count) && name != "." && name != ".."
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "._-".contains($0) }
    }

    private static func variablePart(_ key: String) -> String {
        String(key.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }
}

/// Reads settings by their variables' names, and collects what is wrong with them.
private struct SettingsReader {
    private let config: ConfigReader
    private(set) var problems: [ConfigurationError.Problem]

    init(_ config: ConfigReader, problems: [ConfigurationError.Problem]) {
        self.config = config
        self.problems = problems
    }

    mutating func refuse(_ variable: String, expected: String) {
        problems.append(.init(name: variable, message: "expected \(expected)"))
    }

    /// The value; `nil` where it is not set, or empty.
    func string(_ variable: String, isSecret: Bool = false) -> String? {
        let parts = variable.lowercased().split(separator: "_").map(String.init)
        let value = config.string(forKey: ConfigKey(parts), isSecret: isSecret)
        return value.flatMap { $0.isEmpty ? nil : $0 }
    }

    mutating func integer(_ variable: String, _ range: ClosedRange<Int>) -> Int? {
        guard let text = string(variable) else { return nil }
        if let value = Int(text), range.contains(value) { return value }
        refuse(variable, expected: "a whole number from \(range.lowerBound) to \(range.upperBound), found '\(text)'")
        return nil
    }

    mutating func milliseconds(_ variable: String, atLeast minimum: Int = 0) -> Duration? {
        integer(variable, minimum...Int(Int32.max)).map { .milliseconds($0) }
    }

    mutating func boolean(_ variable: String) -> Bool? {
        guard let text = string(variable) else { return nil }
        switch text.lowercased() {
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0": return false
        default:
            refuse(variable, expected: "true or false, found '\(text)'")
            return nil
        }
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ variable: String) -> Choice? {
        guard let text = string(variable) else { return nil }
        if let choice = Choice.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) {
            return choice
        }
        let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        refuse(variable, expected: "one of \(choices), found '\(text)'")
        return nil
    }
}
