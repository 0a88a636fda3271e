
nonisolated extension ScalarRoot {
    public nonisolated struct ScalarRootMessage: Sendable, Hashable, JSONCodable {
        /// The message's value.
        public var value: Value

        public init(_ value: Value) {
            self.value = value
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case scalarRootMessage = "ScalarRootMessage"
        }

        public nonisolated enum Value: String, Sendable, Hashable, Codable, CaseIterable {
            case open
            case closed
        }
    }
}

/// `ScalarRoot.ScalarRootMessage` by its short name.
public typealias ScalarRootMessage = ScalarRoot.ScalarRootMessage
