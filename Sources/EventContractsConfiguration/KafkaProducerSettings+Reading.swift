import EventContracts
import KafkaSettings

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
