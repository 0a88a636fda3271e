/// The encryption and authentication of a Kafka client's connections.
public struct KafkaSecurity: Hashable, Sendable {
    /// `KAFKA_SECURITY_PROTOCOL`.
    public enum SecurityProtocol: String, Hashable, Sendable, CaseIterable {
        case plaintext = "PLAINTEXT"
        case ssl = "SSL"
        case saslPlaintext = "SASL_PLAINTEXT"
        case saslSSL = "SASL_SSL"

        /// Whether a client authenticates by SASL.
        public var usesSASL: Bool { self == .saslPlaintext || self == .saslSSL }
        /// Whether connections are encrypted.
        public var usesTLS: Bool { self == .ssl || self == .saslSSL }
    }

    /// `KAFKA_SASL_MECHANISM`.
    public enum Mechanism: String, Hashable, Sendable, CaseIterable {
        case plain = "PLAIN"
        case scramSHA256 = "SCRAM-SHA-256"
        case scramSHA512 = "SCRAM-SHA-512"
        case gssapi = "GSSAPI"
        case oauthBearer = "OAUTHBEARER"

        /// Whether it needs a user name and a password.
        public var needsPassword: Bool {
            switch self {
            case .plain, .scramSHA256, .scramSHA512: true
            case .gssapi, .oauthBearer: false
            }
        }
    }

    /// `PLAINTEXT` unless set.
    public var securityProtocol = SecurityProtocol.plaintext
    /// `PLAIN` unless set; used with SASL only.
    public var mechanism = Mechanism.plain
    /// `KAFKA_SASL_USERNAME`.
    public var username: String?
    /// `KAFKA_SASL_PASSWORD`.
    public var password: Secret?
    /// `KAFKA_SSL_CAFILE`: the path of the certificate authorities to trust, in PEM.
    public var authoritiesFile: String?
    /// `KAFKA_SSL_CERTFILE`: the path of the client's certificate, in PEM.
    public var certificateFile: String?
    /// `KAFKA_SSL_KEYFILE`: the path of the client's private key, in PEM.
    public var keyFile: String?

    /// Creates settings without encryption and authentication: `PLAINTEXT`.
    public init() {}
}
