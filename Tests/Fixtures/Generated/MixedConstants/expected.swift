
nonisolated extension MixedConstants {
    public nonisolated struct MixedConstantsMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `value`, required.
        public var value: Value?

        public init(value: Value?) {
            self.value = value
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case mixedConstantsMessage = "MixedConstantsMessage"
        }

        public nonisolated enum Value: Sendable, Hashable, JSONCodable, CaseIterable {
            case auto
            case _1
            case _2_5
            case trueValue

            /// The value in JSON.
            public var jsonValue: JSONValue {
                switch self {
                case .auto: .string("auto")
                case ._1: .number(JSONNumber(1))
                case ._2_5: JSONNumber(literal: "2.5").map { .number($0) } ?? .null
                case .trueValue: .bool(true)
                }
            }
        }
    }
}

/// `MixedConstants.MixedConstantsMessage` by its short name.
public typealias MixedConstantsMessage = MixedConstants.MixedConstantsMessage
