/// The checks of names in a manifest, except those of Kafka.
package enum ManifestNames {
    /// Keywords of Swift that cannot be the name of a type.
    static let keywords: Set<String> = ["Any", "Protocol", "Self", "Type"]

    /// Types of the runtime, of Swift itself and of each contract that generated code names; a type of the same name would
    /// hide them.
    package static let takenNames: Set<String> = [
        "AllFailures", "Array", "Bool", "BoundedLabel", "Boxed", "CalendarDate", "CaseIterable", "Codable", "CodingKey",
        "CodingKeys", "ContractMetrics", "ContractSchemas", "CounterFamily", "CounterSeries", "Decodable", "Decoder",
        "DeliveredMessages", "Delivery", "Dictionary", "Double", "Draft", "Duration", "Encodable", "Encoder",
        "EncryptionRule", "Equatable", "Error", "EvaluatedChildren", "EventContract", "EventContracts", "Exposition",
        "ExpositionFormat", "FirstFailure", "FoundMembers", "Foundation", "FoundationEssentials", "GaugeFamily",
        "GaugeSeries", "Hashable", "HistogramFamily", "HistogramSeries", "HistogramSnapshot", "Int", "Int64",
        "JSONCodable", "JSONDecodingError", "JSONNull", "JSONNumber", "JSONObject", "JSONPointer", "JSONTape",
        "JSONValue", "JSONWriter", "KeyedDecodingContainer", "KeyedEncodingContainer", "Label", "LabelValue", "Message",
        "MessageError", "MessageIndex", "MessageLabels", "MessageProtection", "MessageStamp", "MessageType",
        "MetricFamily", "MetricMirror", "Metrics", "NameTable", "Never", "Nullable", "NumberBound", "Optional",
        "PatternShape", "PatternSimulation", "PatternTable", "PreparedValue", "ProducedMessage", "Producer",
        "ProducerError", "ProducerMetrics", "Producible", "RawRepresentable", "ReadableMessage", "ReceivedMessage",
        "Record", "RecordHeader", "RecordHeaders", "Result", "SchemaProgram", "SecondsCounterFamily", "SeenMembers",
        "SeenNames", "Sendable", "Sensitive", "SensitiveFields", "Set", "String", "Substring", "Swift", "Timestamp",
        "Tombstone", "Topic", "Topics", "Transport", "UInt64", "UInt8", "URL", "UUID", "UnknownEvent",
        "ValidationFailure", "ValidationReport", "Validators", "Void",
    ]

    /// Checks a name that becomes a Swift type's as it is.
    ///
    /// - Parameters:
    ///   - subject: The kind of what has the name: `message`.
    ///   - isRenamed: Whether the type's name is given apart, so that names of generated code are free.
    static func checkTypeName(
        _ name: Located<String>, _ subject: String, isRenamed: Bool = false, diagnostics: inout Diagnostics
    ) {
        let bytes = name.value.utf8
        let isValid =
            bytes.first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } == true
            && bytes.allSatisfy(isLetterOrDigit)
        if !isValid {
            diagnostics.error(
                .invalidName, at: name.location, "invalid \(subject) name '\(name.value)'",
                hint: "expected the name of a Swift type, such as JobMessage")
        } else if !isRenamed, keywords.contains(name.value) || takenNames.contains(name.value) {
            let reason =
                keywords.contains(name.value) ? "it is a keyword of Swift" : "generated code uses a type of that name"
            diagnostics.error(
                .invalidName, at: name.location, "invalid \(subject) name '\(name.value)': \(reason)",
                hint: "choose another name" + (subject == "message" ? ", or set the message's 'swift_name'" : ""))
        }
    }

    /// Checks a name that becomes that of a function or property as it is.
    static func checkMemberName(_ name: Located<String>, diagnostics: inout Diagnostics) {
        let bytes = name.value.utf8
        let isValid =
            bytes.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } == true
            && bytes.allSatisfy(isLetterOrDigit)
        if !isValid {
            diagnostics.error(
                .invalidName, at: name.location, "invalid Swift name '\(name.value)'",
                hint: "expected ASCII letters and digits, a small letter first, such as orderPlaced")
        }
    }

    /// Checks the name of a service: a word for logs and addresses.
    static func checkServiceName(_ name: Located<String>, diagnostics: inout Diagnostics) {
        let bytes = name.value.utf8
        let isValid =
            bytes.first.map(isLetterOrDigit) == true
            && bytes.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
        if !isValid {
            diagnostics.error(
                .invalidName, at: name.location, "invalid service name '\(name.value)'",
                hint: "expected ASCII letters, digits, '.', '_' and '-', a letter or digit first")
        }
    }

    /// Checks a name that may be any string that is not empty, and returns whether it is one.
    @discardableResult
    static func checkNotEmpty(_ name: Located<String>, _ subject: String, diagnostics: inout Diagnostics) -> Bool {
        if name.value.isEmpty {
            diagnostics.error(.invalidName, at: name.location, "\(subject) must have a name")
        }
        return !name.value.isEmpty
    }

    /// Returns whether Prometheus lets a contract give a label this name: two underscores start its own.
    package static func isLabelName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first &- UInt8(ascii: "0") >= 10, !name.hasPrefix("__") else { return false }
        return name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || isLetterOrDigit($0) }
    }

    package static let labelNames = "expected ASCII letters, digits and '_', no digit first and no '__'"

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }
}

/// The names that a section of the manifest declares, valid or not.
struct DeclaredNames {
    let inOrder: [String]
    private let all: Set<String>

    init(_ names: [String]) {
        inOrder = names
        all = Set(names)
    }

    func contain(_ name: String) -> Bool { all.contains(name) }
}
