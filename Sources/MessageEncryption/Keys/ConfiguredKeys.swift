public import EventContracts
import StringFormats

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Keys from environment variables and files.
///
/// The keys of the name `pii` are the value of `MESSAGE_ENCRYPTION_KEYS_PII`, or the content of the file that
/// `MESSAGE_ENCRYPTION_KEYS_PII_FILE` names: one or more of `id:key`, separated by commas or line breaks. The first encrypts,
/// all decrypt. To rotate, put a new key first, and remove the old one when nothing is left that it encrypted.
///
/// ```
/// MESSAGE_ENCRYPTION_KEYS_PII=2026-11:6Ypf…=,2025-11:qL1w…=
/// ```
///
/// `event-contracts keys new` makes a key.
public struct ConfiguredKeys: KeyProvider, Sendable {
    /// The keys of each name, the current one first.
    private let keysByName: [String: [EncryptionKey]]

    /// Takes keys by name, the current one of each name first.
    public init(_ keys: [String: [EncryptionKey]]) {
        keysByName = keys
    }

    /// Reads the keys of names from variables.
    ///
    /// - Parameters:
    ///   - names: The names of keys and their schemes, as the contract's `encryption` has them.
    ///   - variables: The variables. By default the process's environment.
    /// - Throws: `EncryptionError.noKey` for a name without a variable, `EncryptionError.invalidKey`
    ///   with the variable's name and the key's position, never its text.
    public init(
        names: [String: EncryptionScheme], variables: [String: String] = ProcessInfo.processInfo.environment
    ) throws(EncryptionError) {
        var keys: [String: [EncryptionKey]] = [:]
        try Self.checkVariables(names.keys.sorted())
        for (name, scheme) in names.sorted(by: { $0.key < $1.key }) {
            let (text, origin) = try Self.text(of: name, in: variables)
            let parsed = try Self.parse(text, scheme: scheme, origin: origin)
            guard !parsed.isEmpty else { throw .noKey(name: name) }
            keys[name] = parsed
        }
        keysByName = keys
    }

    private static func checkVariables(_ names: [String]) throws(EncryptionError) {
        var owners: [String: String] = [:]
        for name in names {
            let variable = variable(of: name)
            guard let other = owners.updateValue(name, forKey: variable) else { continue }
            throw .invalidKey(reason: "the keys '\(other)' and '\(name)' have one variable, \(variable)")
        }
    }

    /// Returns the variable that has the keys of a name.
    public static func variable(of name: String) -> String {
        EncryptionKeyFormat.variable(ofName: name)
    }

    private static func text(
        of name: String, in variables: [String: String]
    ) throws(EncryptionError) -> (text: String, origin: String) {
        let variable = variable(of: name)
        if let text = variables[variable], !text.isEmpty { return (text, variable) }
        let fileVariable = EncryptionKeyFormat.fileVariable(ofName: name)
        guard let path = variables[fileVariable], !path.isEmpty else { throw .noKey(name: name) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .invalidKey(reason: "the file that \(fileVariable) names can't be read")
        }
        return (String(decoding: data, as: UTF8.self), fileVariable)
    }

    private static func parse(
        _ text: String, scheme: EncryptionScheme, origin: String
    ) throws(EncryptionError) -> [EncryptionKey] {
        var keys: [EncryptionKey] = []
        for entry in text.split(whereSeparator: { $0 == "," || $0.isNewline }) {
            let entry = entry.drop(while: \.isWhitespace)
            guard !entry.isEmpty else { continue }
            let position = "key \(keys.count + 1) of \(origin)"
            guard let colon = entry.firstIndex(of: ":") else {
                throw .invalidKey(reason: "\(position) has no ID; write ID:KEY")
            }
            let (id, key) = (String(entry[..<colon]), entry[entry.index(after: colon)...])
            guard !keys.contains(where: { $0.id == id }) else {
                throw .invalidKey(reason: "\(position) has the ID of another one")
            }
            do {
                keys.append(try EncryptionKey(id: id, scheme: scheme, text: String(key.prefix { !$0.isWhitespace })))
            } catch .invalidKey(let reason) {
                throw .invalidKey(reason: "\(position): \(reason)")
            }
        }
        return keys
    }

    public func currentKey(named name: String) async throws(EncryptionError) -> EncryptionKey {
        guard let key = keysByName[name]?.first else { throw .noKey(name: name) }
        return key
    }

    public func key(_ reference: KeyReference, named name: String) async throws(EncryptionError) -> EncryptionKey {
        let keys = try await keys(named: name)
        guard reference.wrappedKey.isEmpty, let key = keys.first(where: { $0.id == reference.id }) else {
            throw .unknownKey(id: reference.id, name: name)
        }
        return key
    }

    public func keys(named name: String) async throws(EncryptionError) -> [EncryptionKey] {
        guard let keys = keysByName[name], !keys.isEmpty else { throw .noKey(name: name) }
        return keys
    }
}
