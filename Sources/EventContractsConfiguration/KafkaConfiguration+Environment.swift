public import Configuration
public import EventContracts
import KafkaSettings
import StringFormats
public import Logging

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension KafkaConfiguration {
    /// Reads the environment and a `.env` file.
    ///
    /// The environment wins over the file, and both over the defaults. Names may be in upper or lower case; where a name is
    /// set in both, the upper one counts. A variable with an empty value counts as not set, so that the file's value
    /// applies, except for `KAFKA_TOPIC_PREFIX`, where an empty value means no prefix.
    ///
    /// An unknown variable whose name begins with `KAFKA_` or `SCHEMA_REGISTRY_` is reported where it resembles a variable
    /// of the contract: as a problem in the file, which belongs to the service, and as a warning in the process's
    /// environment, which other programs share.
    ///
    /// ```swift
    /// let configuration = try KafkaConfiguration(service: "tda-backend", topics: TDA.topics)
    /// ```
    ///
    /// - Parameters:
    ///   - environment: The environment. By default the process's own.
    ///   - environmentFile: The `.env` file. By default `.env` in the working folder, if there is such a file.
    ///   - service: The service's name, for the client's id.
    ///   - topics: The contract's topics. Each has a variable for its name.
    ///   - logger: The destination of warnings about unknown variables.
    /// - Throws: ``ConfigurationError`` with all problems.
    public init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        environmentFile: EnvironmentFileSource = .optional(".env"), service: String, topics: [Topic],
        logger: Logger = Logger(label: "event-contracts.configuration")
    ) throws(ConfigurationError) {
        let file = EnvironmentFile(environmentFile, environment: environment)
        let unknown = UnknownVariables(topics: topics)
        for finding in unknown.findings(among: environment.keys) where finding.isMisspelt {
            logger.warning(
                "unknown environment variable", metadata: ["variable": "\(finding.name)", "hint": "\(finding.hint)"])
        }
        var problems = file?.problems ?? []
        for finding in unknown.findings(among: file?.entries.keys.map(\.self) ?? []) {
            let line = file?.entries.first { $0.key.uppercased() == finding.name }?.value.line
            let place = "\(file?.path ?? ""):\(line ?? 1)"
            if finding.isMisspelt {
                let message = "unknown variable \(finding.name); \(finding.hint)"
                problems.append(ConfigurationError.Problem(subject: place, message: message))
            } else {
                logger.warning(
                    "unknown variable in a .env file",
                    metadata: ["variable": "\(finding.name)", "hint": "\(finding.hint)", "line": "\(place)"])
            }
        }
        let providers = [environment, file?.values ?? [:]].map(Self.provider)
        try self.init(
            ConfigReader(providers: providers), service: service, topics: topics, problems: problems,
            invalidNames: file?.invalidNames ?? [])
    }

    /// Reads from any providers of swift-configuration. The key of `KAFKA_CLIENT_ID` is `kafka.clientId`, and so on; of
    /// `KAFKA_JOBS_TOPIC`, `kafka.jobs.topic`.
    ///
    /// - Throws: ``ConfigurationError`` with all problems.
    public init(_ config: ConfigReader, service: String, topics: [Topic]) throws(ConfigurationError) {
        try self.init(config, service: service, topics: topics, problems: [], invalidNames: [])
    }

    /// - Parameters:
    ///   - problems: The problems found so far.
    ///   - invalidNames: Variables that these problems are about.
    private init(
        _ config: ConfigReader, service: String, topics: [Topic], problems: [ConfigurationError.Problem],
        invalidNames: Set<String>
    ) throws(ConfigurationError) {
        self.init(service: service)
        var reader = SettingsReader(config, problems: problems, invalidNames: invalidNames)
        readAddresses(&reader)
        readTopicNames(&reader, topics: topics)
        schemaRegistry.read(&reader)
        security.read(&reader)
        producer.read(&reader)
        guard reader.problems.isEmpty else { throw ConfigurationError(problems: reader.problems) }
    }

    private static func provider(_ variables: [String: String]) -> EnvironmentVariablesProvider {
        var upper: [String: String] = [:]
        // Sorted, so that of several spellings always the same one counts.
        for (name, value) in variables.sorted(by: { $0.key < $1.key }) { upper[name.uppercased()] = value }
        for (name, value) in variables where name == name.uppercased() { upper[name] = value }
        upper = upper.filter { !$0.value.isEmpty || $0.key == KafkaVariable.topicPrefix.rawValue }
        let secrets = KafkaVariable.allCases.filter(\.description.isSecret).map(\.rawValue)
        return EnvironmentVariablesProvider(
            environmentVariables: upper, secretsSpecifier: .specific(Set(secrets)))
    }

    /// Returns the name of the variable that names a topic: `KAFKA_JOBS_TOPIC` for `jobs`.
    public static func variable(ofTopic key: String) -> String { TopicVariable.name(ofTopic: key) }
}
