import EventContracts

extension KafkaSecurity {
    mutating func read(_ reader: inout SettingsReader) {
        reader.read("KAFKA_SECURITY_PROTOCOL", into: &securityProtocol)
        reader.read("KAFKA_SASL_MECHANISM", into: &mechanism)
        username = reader.text("KAFKA_SASL_USERNAME")
        password = reader.text("KAFKA_SASL_PASSWORD", isSecret: true).map(Secret.init)
        authoritiesFile = reader.text("KAFKA_SSL_CAFILE")
        certificateFile = reader.text("KAFKA_SSL_CERTFILE")
        keyFile = reader.text("KAFKA_SSL_KEYFILE")

        if securityProtocol.usesSASL, mechanism.needsPassword {
            let reason = "\(securityProtocol.rawValue) with \(mechanism.rawValue) needs it"
            if username == nil { reader.report("KAFKA_SASL_USERNAME", "expected a user name: \(reason)") }
            if password == nil { reader.report("KAFKA_SASL_PASSWORD", "expected a password: \(reason)") }
        }
        if certificateFile != nil, keyFile == nil {
            reader.report("KAFKA_SSL_KEYFILE", "expected the key's file: KAFKA_SSL_CERTFILE is set")
        }
        if keyFile != nil, certificateFile == nil {
            reader.report("KAFKA_SSL_CERTFILE", "expected the certificate's file: KAFKA_SSL_KEYFILE is set")
        }
    }
}

extension KafkaProducerSettings {
    /// The ranges are those of Kafka's own clients.
    mutating func read(_ reader: inout SettingsReader) {
        if let clientID = reader.text("KAFKA_CLIENT_ID") { self.clientID = clientID }
        readAcknowledgements(&reader)
        let most = Int(Int32.max)
        reader.read("KAFKA_RETRIES", in: 0...most, into: &retries)
        reader.read("KAFKA_RETRY_BACKOFF_MS", in: 0...most, into: &retryBackoff)
        reader.read("KAFKA_REQUEST_TIMEOUT_MS", in: 1...most, into: &requestTimeout)
        reader.read("KAFKA_DELIVERY_TIMEOUT_MS", in: 1...most, into: &deliveryTimeout)
        reader.read("KAFKA_BATCH_SIZE", in: 1...most, into: &batchSize)
        reader.read("KAFKA_LINGER_MS", in: 0...900_000, into: &linger)
        reader.read("KAFKA_BUFFER_MEMORY", in: 1...Int.max, into: &bufferMemory)
        reader.read("KAFKA_MAX_REQUEST_SIZE", in: 1...most, into: &maximumRequestSize)
        reader.read("KAFKA_COMPRESSION_TYPE", into: &compression)
        reader.read("KAFKA_ENABLE_IDEMPOTENCE", into: &enablesIdempotence)
        reader.read(
            "KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION", in: 1...1_000_000, into: &maximumInFlightRequests)
        check(&reader)
    }

    private mutating func readAcknowledgements(_ reader: inout SettingsReader) {
        switch reader.text("KAFKA_ACKS")?.lowercased() {
        case nil: break
        case "all", "-1": acknowledgements = .all
        case "1": acknowledgements = .leader
        case "0": acknowledgements = .none
        case .some(let text): reader.report("KAFKA_ACKS", "expected all, 1 or 0, found '\(text)'")
        }
    }

    /// What Kafka's clients refuse when they start: better to hear it with everything else.
    private func check(_ reader: inout SettingsReader) {
        if enablesIdempotence {
            let reason = "KAFKA_ENABLE_IDEMPOTENCE is true"
            if acknowledgements != .all {
                reader.report("KAFKA_ACKS", "expected all, found '\(acknowledgements.rawValue)': \(reason)")
            }
            if retries == 0 { reader.report("KAFKA_RETRIES", "expected at least 1, found '0': \(reason)") }
            if maximumInFlightRequests > 5 {
                reader.report(
                    "KAFKA_MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION",
                    "expected at most 5, found '\(maximumInFlightRequests)': \(reason)")
            }
        }
        if deliveryTimeout < linger + requestTimeout {
            reader.report(
                "KAFKA_DELIVERY_TIMEOUT_MS",
                "expected at least KAFKA_LINGER_MS and KAFKA_REQUEST_TIMEOUT_MS together, \(linger + requestTimeout), "
                    + "found \(deliveryTimeout)")
        }
    }
}
