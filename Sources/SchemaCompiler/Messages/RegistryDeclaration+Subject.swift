package import ContractModel

extension RegistryDeclaration {
    /// Returns the subject of a schema.
    ///
    /// - Parameters:
    ///   - topic: The topic's name on the broker.
    ///   - record: The record's name.
    package func subject(topic: String, record: String) -> String {
        switch naming.value {
        case .topicName: topic + "-value"
        case .recordName: record
        case .topicRecordName: "\(topic)-\(record)"
        }
    }
}
