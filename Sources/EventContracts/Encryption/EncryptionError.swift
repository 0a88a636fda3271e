/// The reason why a value could not be encrypted or decrypted. No case holds the value, the token or a key.
public enum EncryptionError: Error, Hashable, Sendable {
    /// The contract encrypts values, and no cipher was given. Give the producer one as `cipher`, and read with
    /// `decryptedBy`.
    case noCipher
    /// No key has this name. Configure one, or correct the name in the contract's `encryption`.
    case noKey(name: String)
    /// The key that encrypted the value is unknown. Add it to the keys that only decrypt, or find the service that uses it.
    case unknownKey(id: String, name: String)
    /// The token is not one of the scheme: it was truncated, or is not a token at all.
    case malformedToken(reason: String)
    /// The token was changed, was moved from another place, or was made with another key.
    case notAuthentic
    /// The token is older than its time to live, or was made in the future.
    case expired
    /// A key or a list of keys can't be read.
    case invalidKey(reason: String)
    /// A key provider failed. The text is the provider's own.
    case providerFailed(name: String, reason: String)
    /// The system's cryptographic library failed.
    case systemFailure(operation: String)

    /// The reason in one word, by which metrics count. The raw values are stable.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case noCipher = "no_cipher"
        case noKey = "no_key"
        case unknownKey = "unknown_key"
        case malformedToken = "malformed_token"
        case notAuthentic = "not_authentic"
        case expired
        case invalidKey = "invalid_key"
        case providerFailed = "provider_failed"
        case systemFailure = "system_failure"
    }

    /// The reason, without the details.
    public var reason: Reason {
        switch self {
        case .noCipher: .noCipher
        case .noKey: .noKey
        case .unknownKey: .unknownKey
        case .malformedToken: .malformedToken
        case .notAuthentic: .notAuthentic
        case .expired: .expired
        case .invalidKey: .invalidKey
        case .providerFailed: .providerFailed
        case .systemFailure: .systemFailure
        }
    }

    /// Whether a key is missing, so that the value itself may be valid.
    public var isMissingKey: Bool {
        switch self {
        case .noCipher, .noKey, .unknownKey, .invalidKey, .providerFailed: true
        case .malformedToken, .notAuthentic, .expired, .systemFailure: false
        }
    }
}

extension EncryptionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noCipher: "the contract encrypts values, and no cipher was given"
        case .noKey(let name): "no key '\(name)'; configure it or correct its name"
        case .unknownKey(let id, let name): "unknown key '\(id)' of '\(name)'; add it to the keys that decrypt"
        case .malformedToken(let reason): "malformed token: \(reason)"
        case .notAuthentic: "the token was changed, moved from another place, or made with another key"
        case .expired: "the token has expired or was made in the future"
        case .invalidKey(let reason): "invalid key: \(reason)"
        case .providerFailed(let name, let reason): "no answer for key '\(name)': \(reason)"
        case .systemFailure(let operation): "the system's cryptographic library failed in \(operation)"
        }
    }
}
