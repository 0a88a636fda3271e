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
            if username == nil { require(.username, "expected a user name: \(reason)", &reader) }
            if password == nil { require(.password, "expected a password: \(reason)", &reader) }
        }
        if certificateFile != nil, keyFile == nil {
            require(.keyFile, "expected a path: \(KafkaVariable.certificateFile.rawValue) is set", &reader)
        }
        if keyFile != nil, certificateFile == nil {
            require(.certificateFile, "expected a path: \(KafkaVariable.keyFile.rawValue) is set", &reader)
        }
    }
}

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
            require(
                .registryPassword, "expected a password: \(KafkaVariable.registryUsername.rawValue) is set", &reader)
        }
        if password != nil, username == nil {
            require(
                .registryUsername, "expected a user name: \(KafkaVariable.registryPassword.rawValue) is set", &reader)
        }
        if token != nil, username != nil {
            reader.report(
                .registryToken,
                "expected a token or a user name, found both: \(KafkaVariable.registryUsername.rawValue) is set")
        }
        if certificateFile != nil, keyFile == nil {
            require(
                .registryKeyFile, "expected a path: \(KafkaVariable.registryCertificateFile.rawValue) is set", &reader)
        }
        if keyFile != nil, certificateFile == nil {
            require(
                .registryCertificateFile, "expected a path: \(KafkaVariable.registryKeyFile.rawValue) is set", &reader)
        }
    }
}

/// Reports a variable that another needs, unless a problem with its value has been reported.
private func require(_ variable: KafkaVariable, _ message: String, _ reader: inout SettingsReader) {
    if !reader.isInvalid(variable) { reader.report(variable, message) }
}

extension KafkaProducerSettings {
    mutating func read(_ reader: inout SettingsReader) {
        if let clientID = reader.text(.clientID) { self.clientID = clientID }
        reader.read(.acknowledgements, Acknowledgements.words, into: &acknowledgements)
        reader.read(.retries, into: &retries)
        reader.read(.retryBackoff, into: &retryBackoff)
        reader.read(.requestTimeout, into: &requestTimeout)
        reader.read(.deliveryTimeout, into: &deliveryTimeout)
        reader.read(.batchSize, into: &batchSize)
        reader.read(.linger, into: &linger)
        reader.read(.bufferMemory, into: &bufferMemory)
        reader.read(.maximumRequestSize, into: &maximumRequestSize)
        reader.read(.compression, into: &compression)
        reader.read(.idempotence, into: &enablesIdempotence)
        reader.read(.maximumInFlightRequests, into: &maximumInFlightRequests)
        check(&reader)
    }

    /// Reports combinations that Kafka's clients refuse at start.
    private func check(_ reader: inout SettingsReader) {
        if enablesIdempotence {
            let reason = "\(KafkaVariable.idempotence.rawValue) is true"
            if acknowledgements != .all {
                let found = reader.found(acknowledgements.rawValue, near: [])
                reader.report(.acknowledgements, "expected all\(found): \(reason)")
            }
            if retries == 0 {
                reader.report(.retries, "expected at least 1\(reader.found("0", near: [])): \(reason)")
            }
            if maximumInFlightRequests > 5 {
                let found = reader.found(String(maximumInFlightRequests), near: [])
                reader.report(.maximumInFlightRequests, "expected at most 5\(found): \(reason)")
            }
        }
        if deliveryTimeout < linger + requestTimeout {
            let found = reader.found(String(Int(deliveryTimeout / .milliseconds(1))), near: [])
            reader.report(
                .deliveryTimeout,
                "expected at least the sum of \(KafkaVariable.linger.rawValue) and "
                    + "\(KafkaVariable.requestTimeout.rawValue)\(found)")
        }
    }
}
