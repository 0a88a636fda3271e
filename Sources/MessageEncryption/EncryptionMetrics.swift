public import EventContracts
public import PrometheusMetrics

/// Metrics of a ``MessageCipher``: what it could not encrypt or decrypt.
///
/// ```swift
/// let encryption = EncryptionMetrics(for: [Shop.self])
/// let cipher = try await MessageCipher(keys: keys, for: [Shop.self], metrics: encryption)
/// let endpoints = try ServiceEndpoints(families: metrics.families + encryption.families)
/// ```
///
/// | family | type | labels |
/// | --- | --- | --- |
/// | `message_encryption_failures_total` | counter | `key`, `operation`, `reason` |
///
/// The label `key` is the name of a key in a contract's `encryption`, `operation` is `encrypt`, `decrypt`, or `refresh` for a
/// key provider that did not answer in the background, and `reason` is an `EncryptionError.Reason`. All series exist from
/// the start.
public final class EncryptionMetrics: Sendable {
    /// The use of a key.
    enum Operation: String, CaseIterable {
        case encrypt, decrypt, refresh
    }

    /// The family, for a registry or the endpoints of a service.
    public var families: [any MetricFamily] { [failures] }

    private let failures: CounterFamily
    private let keys: [String: Int]

    /// Creates the metrics.
    ///
    /// - Parameters:
    ///   - contracts: The contracts whose keys are counted.
    ///   - prefix: The beginning of the family's name. A second cipher in a process needs another one.
    ///   - mirror: Another metrics system that receives every change.
    public init(
        for contracts: [any EventContract.Type], prefix: String = "message_", mirror: (any MetricMirror)? = nil
    ) {
        var names: [String] = []
        for rule in contracts.flatMap({ $0.encryptionRules }) where !names.contains(rule.key) { names.append(rule.key) }
        keys = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        failures = CounterFamily(
            prefix + "encryption_failures_total",
            help: "Values that could not be encrypted or decrypted, and keys that could not be refreshed.",
            labels: [
                Label("key", names), Label("operation", Operation.allCases.map(\.rawValue)),
                Label("reason", EncryptionError.Reason.allCases.map(\.rawValue)),
            ], mirror: mirror)
    }

    /// Counts a failure. Those with keys of other contracts are not counted.
    func count(_ error: EncryptionError, of operation: Operation, keyNamed name: String) {
        guard let key = keys[name], let operation = Operation.allCases.firstIndex(of: operation),
            let reason = EncryptionError.Reason.allCases.firstIndex(of: error.reason)
        else { return }
        failures.increment(
            at: (key * Operation.allCases.count + operation) * EncryptionError.Reason.allCases.count + reason)
    }
}
