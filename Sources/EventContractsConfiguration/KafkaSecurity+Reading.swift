import EventContracts
import KafkaSettings

extension KafkaSecurity {
    mutating func read(_ reader: inout SettingsReader) {
        reader.read(.securityProtocol, into: &securityProtocol)
        reader.read(.mechanism, into: &mechanism)
        username = reader.text(.username)
        password = reader.text(.password).map(Secret.init)
        authoritiesFile = reader.text(.authoritiesFile)
        certificateFile = reader.text(.certificateFile)
        keyFile = reader.text(.keyFile)

        if securityProtocol.usesSASL, mechanism.needsPassword {
            let reason = "\(securityProtocol.rawValue) with \(mechanism.rawValue) needs it"
            if username == nil { reader.require(.username, "expected a user name: \(reason)") }
            if password == nil { reader.require(.password, "expected a password: \(reason)") }
        }
        if certificateFile != nil, keyFile == nil {
            reader.require(.keyFile, "expected a path: \(KafkaVariable.certificateFile.rawValue) is set")
        }
        if keyFile != nil, certificateFile == nil {
            reader.require(.certificateFile, "expected a path: \(KafkaVariable.keyFile.rawValue) is set")
        }
    }
}
