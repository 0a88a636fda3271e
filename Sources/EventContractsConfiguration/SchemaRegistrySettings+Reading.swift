import EventContracts
import KafkaSettings

extension SchemaRegistrySettings {
    /// Reads all but the URLs.
    mutating func read(_ reader: inout SettingsReader) {
        username = reader.text(.registryUsername)
        password = reader.text(.registryPassword).map(Secret.init)
        token = reader.text(.registryToken).map(Secret.init)
        authoritiesFile = reader.text(.registryAuthoritiesFile)
        certificateFile = reader.text(.registryCertificateFile)
        keyFile = reader.text(.registryKeyFile)
        reader.read(.registryTimeout, into: &requestTimeout)
        reader.read(.registryRetries, into: &retries)

        if username != nil, password == nil {
            reader.require(
                .registryPassword, "expected a password: \(KafkaVariable.registryUsername.rawValue) is set")
        }
        if password != nil, username == nil {
            reader.require(
                .registryUsername, "expected a user name: \(KafkaVariable.registryPassword.rawValue) is set")
        }
        if token != nil, username != nil {
            reader.report(
                .registryToken,
                "expected a token or a user name, found both: \(KafkaVariable.registryUsername.rawValue) is set")
        }
        if certificateFile != nil, keyFile == nil {
            reader.require(
                .registryKeyFile, "expected a path: \(KafkaVariable.registryCertificateFile.rawValue) is set")
        }
        if keyFile != nil, certificateFile == nil {
            reader.require(
                .registryCertificateFile, "expected a path: \(KafkaVariable.registryKeyFile.rawValue) is set")
        }
    }
}
