import JSONTape
import KafkaSettings

/// The server and the ways to authenticate of an AsyncAPI document: those that the environment of a service selects.
enum AsyncAPISecurity {
    static let schemes: JSONObject = [
        "saslPlain": ["type": "plain", "description": "SASL/PLAIN, a user name and a password."],
        "saslScramSha256": ["type": "scramSha256", "description": "SASL/SCRAM-SHA-256."],
        "saslScramSha512": ["type": "scramSha512", "description": "SASL/SCRAM-SHA-512."],
        "tlsClientCertificate": ["type": "X509", "description": "TLS with a client certificate."],
    ]

    static let server: JSONObject = [
        "host": "{bootstrapServers}",
        "protocol": "kafka",
        "description": .string(
            "\(KafkaVariable.bootstrapServers.rawValue) names the brokers, "
                + "\(KafkaVariable.securityProtocol.rawValue) and \(KafkaVariable.mechanism.rawValue) the security."),
        "variables": [
            "bootstrapServers": [
                "default": "localhost:9092",
                "description": "The addresses of brokers, with commas between them.",
            ]
        ],
        "security": .array(
            schemes.map { AsyncAPIExport.reference("components", "securitySchemes", $0.key) }),
    ]
}
