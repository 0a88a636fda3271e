
nonisolated extension NoneCase {
    public nonisolated struct NoneCaseMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `mode`, optional.
        public var mode: Mode?

        public init(mode: Mode? = nil) {
            self.mode = mode
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case noneCaseMessage = "NoneCaseMessage"
        }

        public nonisolated enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
            case noneValue = "none"
            case someValue = "some"
            case full
        }
    }
}

/// `NoneCase.NoneCaseMessage` by its short name.
public typealias NoneCaseMessage = NoneCase.NoneCaseMessage
