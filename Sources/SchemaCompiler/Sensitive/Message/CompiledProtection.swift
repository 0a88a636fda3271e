package import ContractModel
package import JSONTape

/// The sensitive values of a message, and how they are encrypted.
package struct CompiledProtection: Sendable {
    package var graph: SensitivityGraph
    /// The keys of each category of the graph; `nil` where values are sent in clear.
    package var keys: [EncryptionDeclaration.Keys?]
    /// The property that is `true` where values are encrypted.
    package var marker: JSONPointer?
    /// The property with the message's ID.
    package var messageID: JSONPointer?

    /// Whether any values are encrypted.
    package var encrypts: Bool { keys.contains { $0 != nil } }
}
