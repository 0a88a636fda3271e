/// The kinds of changes. The raw value is the id that a finding shows in brackets.
package enum ChangeRule: String, CaseIterable, Sendable {
    // The contract
    case contractName = "contract-name"
    case accessLevel = "access-level"
    case contractService = "contract-service"
    case schemaFormats = "schema-formats"
    case registryWire = "registry-wire"
    case registrySubjects = "registry-subjects"

    case unusedAcceptance = "unused-acceptance"
    case expiredAcceptance = "expired-acceptance"

    // Messages
    case messageAdded = "message-added"
    case messageRemoved = "message-removed"
    case messageTopic = "message-topic"
    case messageKey = "message-key"
    case messageHeader = "message-header"
    case messageEnvelope = "message-envelope"
    case messageCloudEvents = "message-cloudevents"
    case messageCompatibility = "message-compatibility"
    case messageDiscriminator = "message-discriminator"
    case messageIdentification = "message-identification"
    case swiftName = "swift-name"
    case openEnum = "open-enum"
    case unknownMembers = "unknown-members"
    case swiftInterface = "swift-interface"
    case sensitivityAdded = "sensitivity-added"
    case sensitivityRemoved = "sensitivity-removed"
    case encryptionChanged = "encryption-changed"
    case messageMeaning = "message-meaning"
    case messageUndecided = "message-undecided"
    case registryAnswer = "registry-answer"

    // Schemas
    case propertyAdded = "property-added"
    case propertyRemoved = "property-removed"
    case propertyRequired = "property-required"
    case propertyOptional = "property-optional"
    case typeChanged = "type-changed"
    case valuesChanged = "values-changed"
    case limitChanged = "limit-changed"
    case schemaChanged = "schema-changed"

    // Events
    case eventAdded = "event-added"
    case eventRemoved = "event-removed"
    case eventRule = "event-rule"

    // Topics
    case topicAdded = "topic-added"
    case topicRemoved = "topic-removed"
    case topicName = "topic-name"
    case topicPartitions = "topic-partitions"
    case topicReplication = "topic-replication"
    case topicRetention = "topic-retention"
    case topicCleanup = "topic-cleanup"
    case topicConfig = "topic-config"
    case topicSilence = "topic-silence"

    // Monitoring
    case metricAdded = "metric-added"
    case metricRemoved = "metric-removed"
    case metricRenamed = "metric-renamed"
    case metricKind = "metric-kind"
    case metricSource = "metric-source"
    case metricLabel = "metric-label"
    case metricBuckets = "metric-buckets"
    case alertAdded = "alert-added"
    case alertRemoved = "alert-removed"
    case alertSeverity = "alert-severity"
    case alertCondition = "alert-condition"
    case alertLabels = "alert-labels"
    case producerAlerts = "producer-alerts"
}
