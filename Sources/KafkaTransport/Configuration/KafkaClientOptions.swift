public import EventContracts

/// Settings of a Kafka client beyond `KafkaConfiguration`: any property of librdkafka, by its name.
///
/// ```swift
/// var options = KafkaClientOptions()
/// options.properties["sticky.partitioning.linger.ms"] = "0"
/// options.secretProperties["ssl.key.password"] = Secret(password)
/// ```
///
/// A property given here replaces what the configuration sets. An unknown name or an invalid value is a
/// `ConfigurationError` before anything connects.
public struct KafkaClientOptions: Sendable {
    /// Properties by librdkafka's names.
    public var properties: [String: String] = [:]
    /// Properties whose values are credentials.
    public var secretProperties: [String: Secret] = [:]

    /// Gets the tokens of `OAUTHBEARER`: called at the start, and again when four fifths of a token's lifetime are over. An
    /// error is logged, and the provider is called again after ten seconds.
    public var tokenProvider: (@Sendable () async throws -> KafkaToken)?

    /// Creates options without properties.
    public init() {}
}

/// A token with which a client authenticates by `OAUTHBEARER`.
public struct KafkaToken: Hashable, Sendable {
    /// The token itself.
    public var value: Secret
    /// The time from now for which the token is valid.
    public var lifetime: Duration
    /// The name of the client that the token is for.
    public var principal: String
    /// SASL extensions, by their names, which consist of letters.
    public var extensions: [String: String]

    /// Creates a token.
    public init(value: Secret, lifetime: Duration, principal: String, extensions: [String: String] = [:]) {
        self.value = value
        self.lifetime = lifetime
        self.principal = principal
        self.extensions = extensions
    }
}
