/// A change of a topic towards its contract.
public enum TopicChange: Hashable, Sendable {
    /// The topic is missing.
    case create(partitions: Int, replication: Int, config: [String: String])
    /// The topic has too few partitions. Keys move: `movedKeys` is the ratio, 0 to 1, of keys that go to another partition.
    case growPartitions(from: Int, to: Int, movedKeys: Double)
    /// The topic has more partitions than the contract says. Kafka can't take partitions away.
    case shrinkPartitions(from: Int, to: Int)
    /// The topic has another number of replicas. A reassignment of partitions changes it.
    case changeReplication(from: Int, to: Int)
    /// A config has a different value. `from` is `nil` if the broker does not know the config or does not report its value.
    case setConfig(name: String, from: String?, to: String, loss: DataLoss?)

    /// Records that a change lets the brokers delete.
    public struct DataLoss: Hashable, Sendable {
        /// The number of records that would be deleted; `nil` if the broker does not report it.
        public var records: Int64?
        /// The number of records in the topic; `nil` if the broker does not report it.
        public var total: Int64?

        /// Creates an estimate.
        public init(records: Int64? = nil, total: Int64? = nil) {
            self.records = records
            self.total = total
        }
    }

    /// The consent that a change needs.
    public enum Requirement: Hashable, Sendable {
        /// Nothing.
        case none
        /// The consent to grow partitions.
        case growPartitions
        /// The consent to lose data.
        case dataLoss
        /// The change is never applied, for this reason.
        case impossible(String)

        /// Whether no consent lets the change be applied.
        var isImpossible: Bool { if case .impossible = self { true } else { false } }
    }
}

/// The consents that an administrator gives to changes with consequences.
public struct TopicConsent: Hashable, Sendable {
    /// Whether partitions may grow, which moves keys to other partitions.
    public var growsPartitions: Bool
    /// Whether retention may be cut, which deletes records.
    public var allowsDataLoss: Bool

    /// Creates a consent; without arguments, to nothing.
    public init(growsPartitions: Bool = false, allowsDataLoss: Bool = false) {
        self.growsPartitions = growsPartitions
        self.allowsDataLoss = allowsDataLoss
    }
}
