/// The schemas of a contract as a schema registry has them. Generated code has them where the manifest has `registry`.
public struct ContractSchemas: Sendable {
    /// The names of subjects.
    public enum SubjectNaming: Hashable, Sendable, CaseIterable {
        /// `<topic>-value`.
        case topicName
        /// The record's name.
        case recordName
        /// `<topic>-<record's name>`.
        case topicRecordName
    }

    /// The form in which records name their schema.
    public enum WireForm: Hashable, Sendable, CaseIterable {
        /// Records do not name their schemas.
        case none
        /// The value begins with a zero byte and the id.
        case prefix
        /// The header `__value_schema_id` has the id, and the value is unchanged.
        case header
    }

    /// The schema of a message.
    public struct Schema: Sendable {
        /// The message's type.
        public var message: any Message.Type
        /// The name for subjects: the schema's `title`, or else the message's name.
        public var recordName: String
        /// The schema and all schemas that it refers to, as one JSON text.
        public var text: String

        /// Creates the schema of a message.
        public init(_ message: any Message.Type, recordName: String, text: String) {
            self.message = message
            self.recordName = recordName
            self.text = text
        }
    }

    public var naming: SubjectNaming
    public var wire: WireForm
    /// One for each message, in the manifest's order.
    public var schemas: [Schema]

    /// Creates the schemas of a contract.
    public init(naming: SubjectNaming, wire: WireForm, schemas: [Schema]) {
        self.naming = naming
        self.wire = wire
        self.schemas = schemas
    }

    /// Returns the subject of a message's schema, with the topic's name on the broker.
    public func subject(of schema: Schema, topicNames names: TopicNames = TopicNames()) -> String {
        let topic = names.name(of: schema.message.topic)
        return switch naming {
        case .topicName: topic + "-value"
        case .recordName: schema.recordName
        case .topicRecordName: "\(topic)-\(schema.recordName)"
        }
    }
}
