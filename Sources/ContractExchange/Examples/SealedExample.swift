import ContractModel
import MessageCoding
import JSONTape
import SchemaCompiler

/// An example as it is sent: encrypted values are tokens.
enum SealedExample {
    /// Returns the example with a token in place of each value that a producer encrypts; `nil` where it can't be
    /// written.
    static func value(_ value: JSONValue, of protection: CompiledProtection) -> JSONValue? {
        guard let bytes = value.jsonBytes, let tape = try? JSONTape(parsing: bytes) else { return nil }
        let encrypted = protection.graph.fields.values(of: protection.keys.map { $0 != nil }, in: tape)
        var sealed = value
        for place in encrypted {
            guard let pointer = JSONPointer(place.pointer), let keys = protection.keys[place.category] else {
                return nil
            }
            sealed = sealed.replacing(at: pointer.tokens[...], with: .string(token(of: keys.scheme)))
        }
        guard let marker = protection.marker, !encrypted.isEmpty else { return sealed }
        return sealed.setting(marker.tokens[...], to: true)
    }

    /// Returns a token with the form of a scheme. No key decrypts it.
    private static func token(of scheme: EncryptionDeclaration.Scheme) -> String {
        switch scheme {
        case .aes256GCM: "AQdleGFtcGxlAAAdAXVRdnkWlLC0RYWSMdPTAL2gLpNpGVmsIPRXs7X_JItup8M"
        case .fernet:
            "gAAAAABpaLOYFrJ_dLf0LBbV3d0Y5Np06CIp2ZdSY0IJZqdotzb3Pxmr-bMhwDRs3NwLJR2YlzSAeAdMEaAW-6_2L__U1SpDyg=="
        }
    }
}
