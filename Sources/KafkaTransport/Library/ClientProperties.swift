import CRdKafka
import EventContracts
import Suggestions

/// The librdkafka properties of one client, each with its origin. Descriptions reveal no secret.
struct ClientProperties: Sendable {
    private struct Property: Sendable {
        var name: String
        var value: String
        /// The setting that a person wrote: `KAFKA_LINGER_MS`, or the property itself.
        var subject: String
        var isSecret: Bool
    }

    /// In the order in which the library gets them: of two names for one property, the later one wins.
    private var properties: [Property] = []
    /// The source of the client's tokens.
    var tokenProvider: (@Sendable () async throws -> KafkaToken)?

    /// Sets a property. A later value replaces an earlier one.
    ///
    /// - Parameters:
    ///   - subject: The setting that the value comes from, for errors; the property's name where it is `nil`.
    ///   - isSecret: Whether errors must not show the value; names that sound secret are so in any case.
    mutating func set(_ name: String, to value: String, subject: String? = nil, isSecret: Bool = false) {
        properties.removeAll { $0.name == name }
        properties.append(
            Property(
                name: name, value: value, subject: subject ?? name, isSecret: isSecret || Self.isSecret(name)))
    }

    func value(of name: String) -> String? { properties.first { $0.name == name }?.value }

    /// All properties by name: clients with equal ones are interchangeable. `nil` where they can't be compared, with a
    /// source of tokens.
    var identity: [String: String]? {
        guard tokenProvider == nil else { return nil }
        return Dictionary(properties.map { ($0.name, $0.value) }) { _, last in last }
    }

    /// The bytes of records for which the client's queue has room. The library's default is 1 GiB.
    var queueBytes: Int {
        1024 * (value(of: "queue.buffering.max.kbytes").flatMap { Int($0) } ?? 1_048_576)
    }

    /// Whether the client authenticates by SCRAM.
    var usesSCRAM: Bool {
        ["sasl.mechanism", "sasl.mechanisms"].contains { value(of: $0)?.uppercased().hasPrefix("SCRAM") == true }
    }

    /// Returns whether a property holds a credential.
    static func isSecret(_ name: String) -> Bool {
        ["password", "secret", "key.pem", "private.key", "oauthbearer.config", "jaas"].contains(where: name.contains)
    }

    /// Replaces the values of secrets in a text of the library's.
    func redact(_ text: String) -> String {
        var text = text
        for secret in secrets { text = text.replacing(secret, with: "<redacted>") }
        return text
    }

    /// The values of secrets and, because the library cuts long texts off, their lines. Longer ones come first: one secret may be
    /// a part of another.
    private var secrets: [String] {
        let values = properties.filter(\.isSecret).map(\.value)
        let lines = values.flatMap { value -> [String] in
            let lines = value.split(whereSeparator: \.isNewline)
            return lines.count < 2 ? [] : lines.filter { !$0.hasPrefix("-----") }.map(String.init)
        }
        return (values + lines).filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    }

    /// Creates librdkafka's configuration of the properties.
    ///
    /// - Returns: The configuration, which the caller owns.
    /// - Throws: All properties that the library does not know or whose values it refuses.
    func makeConfiguration(_ catalog: PropertyCatalog = .current) throws(ConfigurationError) -> OpaquePointer {
        // Never NULL: librdkafka ends the process where memory is out.
        guard let configuration = rd_kafka_conf_new() else {
            throw ConfigurationError(problems: [.init(subject: "librdkafka", message: "no memory")])
        }
        var problems: [ConfigurationError.Problem] = []
        var reason = [CChar](repeating: 0, count: 512)
        for property in properties {
            let name = property.name
            let result = rd_kafka_conf_set(configuration, name, property.value, &reason, reason.count)
            guard result != RD_KAFKA_CONF_OK else { continue }
            let message =
                result == RD_KAFKA_CONF_UNKNOWN || catalog.properties[name] == nil
                ? Self.unknown(name, catalog)
                : invalid(property, range: catalog.properties[name]?.range ?? "", reason: Self.text(reason))
            problems.append(ConfigurationError.Problem(subject: property.subject, message: message))
        }
        guard problems.isEmpty else {
            rd_kafka_conf_destroy(configuration)
            throw ConfigurationError(problems: problems)
        }
        return configuration
    }

    /// Checks the properties as the library does when a client starts, without connecting: also the files that they name, and
    /// settings that exclude each other.
    ///
    /// - Throws: All that the library refuses.
    func validate() throws(ConfigurationError) {
        var properties = self
        // Without a broker, nothing connects.
        properties.properties.removeAll { $0.name == "bootstrap.servers" || $0.name == "metadata.broker.list" }
        let instance = try properties.makeInstance()
        rd_kafka_destroy(instance)
    }

    /// Creates a producer of the library of the properties.
    ///
    /// - Returns: The instance, which the caller owns.
    /// - Throws: All that the library refuses.
    func makeInstance() throws(ConfigurationError) -> OpaquePointer {
        let configuration = try makeConfiguration()
        rd_kafka_conf_set_events(
            configuration,
            RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_STATS | RD_KAFKA_EVENT_LOG
                | RD_KAFKA_EVENT_OAUTHBEARER_TOKEN_REFRESH)
        var reason = [CChar](repeating: 0, count: 1024)
        guard let instance = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, &reason, reason.count) else {
            // The configuration is still ours where the library refuses it.
            rd_kafka_conf_destroy(configuration)
            let missing = unreadableFiles
            throw ConfigurationError(
                problems: missing.isEmpty ? [.init(subject: "librdkafka", message: redact(Self.text(reason)))] : missing
            )
        }
        return instance
    }

    /// The files of certificates and keys that can't be read, of which the library's words name neither the setting nor the
    /// reason. Paths are not shown: one may be a secret in the wrong place.
    private var unreadableFiles: [ConfigurationError.Problem] {
        [
            "ssl.ca.location", "ssl.certificate.location", "ssl.key.location", "ssl.keystore.location",
            "ssl.crl.location",
        ]
        .compactMap { name in
            // The library takes "probe" for the usual places of the system.
            guard let property = properties.first(where: { $0.name == name }), property.value != "probe",
                let reason = event_contracts_file_problem(property.value).map({ String(cString: $0) })
            else { return nil }
            let origin = property.subject == name ? "" : " (\(name))"
            return .init(subject: property.subject, message: "the file can't be read\(origin): \(reason)")
        }
    }

    private static func unknown(_ name: String, _ catalog: PropertyCatalog) -> String {
        "librdkafka \(KafkaLibrary.current.version) has no property '\(name)'"
            + (Suggestion.nearest(to: name, among: catalog.producerNames).map { "; did you mean '\($0)'?" } ?? "")
    }

    private func invalid(_ property: Property, range: String, reason: String) -> String {
        let found = property.isSecret ? "" : ", found '\(property.value)'"
        guard range.isEmpty else {
            let suggestion =
                property.isSecret
                ? nil
                : Suggestion.nearest(
                    to: property.value, among: range.split(separator: ", ").map(String.init))
            return "expected \(range)\(found)" + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
        }
        // Words that only repeat the value add nothing.
        let addsNothing = reason.isEmpty || reason.hasPrefix("Invalid value for configuration property")
        return "invalid value\(found)" + (addsNothing || property.isSecret ? "" : ": " + redact(reason))
    }

    /// Returns the text in a buffer that the library filled and ended with a zero.
    static func text(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
