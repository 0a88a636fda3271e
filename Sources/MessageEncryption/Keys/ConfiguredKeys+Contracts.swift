public import EventContracts

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension ConfiguredKeys {
    /// Reads the keys of contracts from variables.
    ///
    /// - Parameters:
    ///   - contracts: The contracts, whose `encryption` names the keys and their schemes.
    ///   - variables: The variables. By default the process's environment.
    /// - Throws: `EncryptionError` as ``init(names:variables:)`` does.
    public init(
        for contracts: [any EventContract.Type],
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) throws(EncryptionError) {
        var names: [String: EncryptionScheme] = [:]
        for rule in contracts.flatMap({ $0.encryptionRules }) {
            if let other = names.updateValue(rule.scheme, forKey: rule.key), other != rule.scheme {
                throw .invalidKey(reason: "two contracts name different schemes for the key '\(rule.key)'")
            }
        }
        try self.init(names: names, variables: variables)
    }
}
