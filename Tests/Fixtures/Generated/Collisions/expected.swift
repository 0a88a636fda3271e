
nonisolated extension Collisions {
    public nonisolated struct CollisionsMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `dev-x`, optional.
        public var devX: String?
        /// JSON: `dev_x`, optional.
        public var devX2: String?
        /// JSON: `tcpA`, optional.
        public var tcpA: Int?
        /// JSON: `tcp-A`, optional.
        public var tcpA2: Int?
        /// JSON: `state`, optional.
        public var state: State?
        /// JSON: `recordKey`, optional.
        public var recordKey2: String?

        public init(
            devX: String? = nil,
            devX2: String? = nil,
            tcpA: Int? = nil,
            tcpA2: Int? = nil,
            state: State? = nil,
            recordKey2: String? = nil
        ) {
            self.devX = devX
            self.devX2 = devX2
            self.tcpA = tcpA
            self.tcpA2 = tcpA2
            self.state = state
            self.recordKey2 = recordKey2
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case collisionsMessage = "CollisionsMessage"
        }

        public nonisolated enum State: String, Sendable, Hashable, Codable, CaseIterable {
            case devX = "dev-x"
            case devX2 = "dev_x"
            case _1_0 = "1.0"
            case _10 = "10"
        }
    }
}

/// `Collisions.CollisionsMessage` by its short name.
public typealias CollisionsMessage = Collisions.CollisionsMessage
