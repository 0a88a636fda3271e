import StringFormats

extension EnvironmentVariable {
    /// Returns the variables with the keys of a name: with the keys themselves, and with the path of a file that has
    /// them.
    ///
    /// - Parameters:
    ///   - name: The name in the contract's `encryption`.
    ///   - scheme: The scheme that uses the keys.
    package static func encryptionKeys(ofName name: String, scheme: String) -> [EnvironmentVariable] {
        [
            EnvironmentVariable(
                name: EncryptionKeyFormat.variable(ofName: name), section: .encryption,
                purpose:
                    "Keys `\(name)` for \(scheme): `ID:KEY`, the current one first, separated by commas; never shown",
                values: .secret),
            EnvironmentVariable(
                name: EncryptionKeyFormat.fileVariable(ofName: name), section: .encryption,
                purpose: "File with the keys `\(name)`, if they are not in the variable itself", values: .text("path")),
        ]
    }
}
