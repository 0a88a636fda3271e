
nonisolated extension Containers {
    public nonisolated struct ContainersMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `matrix`, optional.
        public var matrix: [[Double?]]?
        /// JSON: `free`, optional.
        public var free: JSONObject?
        /// JSON: `list`, optional.
        public var list: [JSONValue]?

        public init(matrix: [[Double?]]? = nil, free: JSONObject? = nil, list: [JSONValue]? = nil) {
            self.matrix = matrix
            self.free = free
            self.list = list
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case containersMessage = "ContainersMessage"
        }
    }
}

/// `Containers.ContainersMessage` by its short name.
public typealias ContainersMessage = Containers.ContainersMessage
