/// The rules of contracts. The raw value is the id in the brackets of a diagnostic.
package enum Rule: String, CaseIterable, Sendable {
    // Files
    case missingFile = "missing-file"
    case unreadableFile = "unreadable-file"
    case fileTooLarge = "file-too-large"
    case invalidUTF8 = "invalid-utf8"
    case invalidYAML = "invalid-yaml"
    case invalidJSON = "invalid-json"
    case nestingDepth = "nesting-depth"
    case aliasLimit = "alias-limit"
    case duplicateKey = "duplicate-key"

    // Permissions
    case unusedAllow = "unused-allow"
    case expiredAllow = "expired-allow"

    // The manifest's shape
    case unknownKey = "unknown-key"
    case missingKey = "missing-key"
    case wrongType = "wrong-type"
    case invalidName = "invalid-name"
    case invalidValue = "invalid-value"

    // Topics
    case topicName = "topic-name"
    case topicCollision = "topic-collision"
    case variableCollision = "variable-collision"
    case duration = "duration"
    case partitionCount = "partition-count"
    case replicationFactor = "replication-factor"
    case configKey = "config-key"
    case configValue = "config-value"
    case configConflict = "config-conflict"
    case unknownTopic = "unknown-topic"
    case unknownService = "unknown-service"
    case reservedTopic = "reserved-topic"
    case doubledPrefix = "doubled-prefix"
    case topicSize = "topic-size"
    case replicationMargin = "replication-margin"
    case retentionUnit = "retention-unit"
    case segmentSize = "segment-size"
    case refusedTimestamp = "refused-timestamp"
    case ignoredConfig = "ignored-config"
    case idleTopic = "idle-topic"
    case idleService = "idle-service"
    case compactedWithoutKey = "compacted-without-key"
    case compactedUniqueKey = "compacted-unique-key"
    case fewKeys = "few-keys"
    case messageSize = "message-size"

    // Messages and events
    case duplicateSchema = "duplicate-schema"
    case unusedSchema = "unused-schema"
    case pointerSyntax = "pointer-syntax"
    case pointerNotFound = "pointer-not-found"
    case pointerOptional = "pointer-optional"
    case pointerType = "pointer-type"
    case discriminator = "discriminator"
    case ambiguousMessage = "ambiguous-message"
    case unknownEvent = "unknown-event"
    case missingEvent = "missing-event"
    case fixedValue = "fixed-value"
    case forbiddenProperty = "forbidden-property"
    case placeholder = "placeholder"
    case envelope = "envelope"
    case sensitiveField = "sensitive-field"
    case encryption = "encryption"
    case nameCollision = "name-collision"
    case impossiblePattern = "impossible-pattern"
    case impossibleEvent = "impossible-event"
    case repeatedID = "repeated-id"
    case literalPlaceholder = "literal-placeholder"
    case typographicQuote = "typographic-quote"
    case deprecatedProperty = "deprecated-property"
    case unusedEnumValue = "unused-enum-value"

    // Privacy
    case personalData = "personal-data"
    case exposedSecret = "exposed-secret"

    // Schemas
    case unknownDialect = "unknown-dialect"
    case schemaKeyword = "schema-keyword"
    case schemaValue = "schema-value"
    case schemaFormat = "schema-format"
    case schemaReference = "schema-reference"
    case emptySchema = "empty-schema"
    case unreachableBranch = "unreachable-branch"
    case invalidExample = "invalid-example"
    case ignoredKeyword = "ignored-keyword"
    case enumValue = "enum-value"
    case unusedDefinition = "unused-definition"

    // Schema registry
    case registrySchema = "registry-schema"
    case registrySubject = "registry-subject"

    // Metrics
    case metricName = "metric-name"
    case metricLabel = "metric-label"
    case metricSource = "metric-source"
    case metricBuckets = "metric-buckets"
    case cardinality = "cardinality"
    case scrapeInterval = "scrape-interval"
    case identifyingLabel = "identifying-label"
    case emptyLabelValue = "empty-label-value"
    case unfitBuckets = "unfit-buckets"

    // Alerts
    case promQLSyntax = "promql-syntax"
    case promQLType = "promql-type"
    case unknownMetric = "unknown-metric"
    case unknownMetricLabel = "unknown-metric-label"
    case impossibleLabelValue = "impossible-label-value"
    case rateOfGauge = "rate-of-gauge"
    case deltaOfCounter = "delta-of-counter"
    case rawCounter = "raw-counter"
    case missingBucketBound = "missing-le"
    case quantileRange = "quantile-range"
    case rangeTooShort = "range-too-short"
    case unknownGrouping = "unknown-grouping"
    case neverMatches = "never-matches"
    case neverFires = "never-fires"
    case alwaysFires = "always-fires"
    case selfComparison = "self-comparison"
    case momentAsDuration = "moment-as-duration"
    case inexactComparison = "inexact-comparison"
    case emptyAsZero = "empty-as-zero"
    case coarseBuckets = "coarse-buckets"
    case shortRange = "short-range"
    case silenceWindow = "silence-window"
    case duplicateAlert = "duplicate-alert"
    case severityOrder = "severity-order"
    case alertTemplate = "alert-template"
    case unknownTemplateLabel = "unknown-template-label"
    case templateFormat = "template-format"
    case templateBraces = "template-braces"
    case templateValue = "template-value"
    case runbookURL = "runbook-url"
    case alertName = "alert-name"
    case alertLabel = "alert-label"
    case alertDuration = "alert-duration"
    case alertIntent = "alert-intent"
    case alertTest = "alert-test"
    case wrongAlertTest = "wrong-alert-test"
    case untestedAlert = "untested-alert"

    // Templates
    case templateSyntax = "template-syntax"
    case templateName = "template-name"

    // Commands
    case unwritableOutput = "unwritable-output"
    case outdatedOutput = "outdated-output"
    case invalidMessage = "invalid-message"
}

extension Rule {
    /// The severities with which a rule is reported.
    package enum Level: String, Sendable {
        case error, warning
        /// Some of its diagnostics are errors, others are warnings.
        case mixed
    }

    package var level: Level {
        if Self.advice.contains(self) { return .warning }
        return Self.mixed.contains(self) ? .mixed : .error
    }

    /// The rules that report only warnings: what is valid but probably not intended.
    private static let advice: Set<Rule> = [
        .coarseBuckets, .compactedUniqueKey, .deprecatedProperty, .doubledPrefix, .duplicateAlert,
        .emptyAsZero, .emptyLabelValue, .enumValue, .expiredAllow, .fewKeys, .identifyingLabel, .idleService,
        .idleTopic, .ignoredConfig, .ignoredKeyword, .inexactComparison, .invalidExample, .literalPlaceholder,
        .personalData, .refusedTimestamp, .repeatedID, .replicationMargin, .retentionUnit, .runbookURL, .schemaFormat,
        .scrapeInterval, .segmentSize, .severityOrder, .shortRange, .templateValue, .topicSize,
        .typographicQuote, .unfitBuckets, .untestedAlert, .unusedAllow, .unusedDefinition, .unusedEnumValue,
        .unusedSchema,
    ]

    private static let mixed: Set<Rule> = [
        .duplicateSchema, .emptySchema, .encryption, .exposedSecret, .impossiblePattern, .messageSize, .reservedTopic,
        .schemaKeyword, .schemaValue, .unknownDialect, .unreachableBranch,
    ]

    /// Errors that report what is valid but probably not intended.
    private static let intendedErrors: Set<Rule> = [
        .alertDuration, .alwaysFires, .deltaOfCounter, .impossibleLabelValue, .metricName, .missingBucketBound,
        .momentAsDuration, .neverFires, .neverMatches, .rangeTooShort, .rateOfGauge, .rawCounter, .selfComparison,
        .silenceWindow, .templateBraces, .templateFormat, .unknownGrouping, .unknownMetric, .unknownMetricLabel,
        .unknownTemplateLabel,
    ]

    /// The rules that `allow` can turn off: all warnings, and some errors.
    package static let allowable: Set<Rule> = advice.union(mixed).union(intendedErrors)
        .subtracting([.expiredAllow, .unusedAllow])
}

extension Rule {
    /// The address of the rule's page.
    package var page: String {
        "https://github.com/swift-event-contracts/swift-event-contracts/blob/main/docs/rules/\(rawValue).md"
    }
}
