extension KafkaErrorTable {
    /// Errors that brokers answer with.
    static let brokerErrors: [Entry] = [
        Entry(
            -1, "UNKNOWN", .fault, presence: .unknown,
            "the broker failed with an unknown error",
            advice: "check the broker's log, and the topic before sending the record again"),
        Entry(
            2, "INVALID_MSG", .rejected, presence: .unknown, isRetriable: true,
            "the broker found a record damaged, and the batch may have been corrupted on its way",
            advice: "check the network, and the topic before sending the record again"),
        Entry(
            3, "UNKNOWN_TOPIC_OR_PART", .unknownTopic,
            "the topic or the partition does not exist",
            advice: "create the topics with event-contracts-deploy topics apply; check KAFKA_TOPIC_PREFIX"),
        Entry(
            4, "INVALID_MSG_SIZE", .tooLarge,
            "the record's size is invalid",
            advice: "shorten the message"),
        Entry(
            5, "LEADER_NOT_AVAILABLE", .unavailable, isRetriable: true,
            "the partition has no leader",
            advice: "wait for the election; start the missing brokers"),
        Entry(
            6, "NOT_LEADER_FOR_PARTITION", .unavailable, isRetriable: true,
            "the partition's leader has changed",
            advice: "retry; the client finds the new leader by itself"),
        Entry(
            7, "REQUEST_TIMED_OUT", .timedOut, presence: .unknown, isRetriable: true,
            "the broker's replicas did not confirm in time",
            advice: "check the replicas; the client retries by itself"),
        Entry(
            8, "BROKER_NOT_AVAILABLE", .unreachable, isRetriable: true,
            "the broker is not available",
            advice: "wait until the broker has started"),
        Entry(
            9, "REPLICA_NOT_AVAILABLE", .unavailable, isRetriable: true,
            "the replica is not available",
            advice: "start the missing brokers"),
        Entry(
            10, "MSG_SIZE_TOO_LARGE", .tooLarge,
            "the record is too large",
            advice: "shorten the message, or raise KAFKA_MAX_REQUEST_SIZE and the topic's max.message.bytes"),
        Entry(
            11, "STALE_CTRL_EPOCH", .unavailable, isRetriable: true,
            "the controller has changed",
            advice: "retry later"),
        Entry(
            13, "NETWORK_EXCEPTION", .unreachable, presence: .unknown, isRetriable: true,
            "the broker closed the connection before it answered",
            advice: "check the broker's log, and the topic before sending the record again"),
        Entry(
            14, "COORDINATOR_LOAD_IN_PROGRESS", .unavailable, isRetriable: true,
            "the coordinator is loading",
            advice: "retry later"),
        Entry(
            15, "COORDINATOR_NOT_AVAILABLE", .unavailable, isRetriable: true,
            "the coordinator is not available",
            advice: "retry later"),
        Entry(
            16, "NOT_COORDINATOR", .unavailable, isRetriable: true,
            "the broker is not the coordinator",
            advice: "retry; the client finds the coordinator by itself"),
        Entry(
            17, "TOPIC_EXCEPTION", .rejected,
            "the topic's name is invalid",
            advice: "use at most 249 letters, digits, dots, hyphens and underscores"),
        Entry(
            18, "RECORD_LIST_TOO_LARGE", .tooLarge,
            "the batch is larger than the topic's segment",
            advice: "lower KAFKA_BATCH_SIZE, or raise the topic's segment.bytes"),
        Entry(
            19, "NOT_ENOUGH_REPLICAS", .unavailable, isRetriable: true,
            "the partition has fewer in-sync replicas than min.insync.replicas",
            advice: "start the missing brokers, or lower min.insync.replicas"),
        Entry(
            20, "NOT_ENOUGH_REPLICAS_AFTER_APPEND", .unavailable, presence: .unknown, isRetriable: true,
            "the record was written, and then too few replicas were in sync",
            advice: "start the missing brokers; the client retries by itself"),
        Entry(
            21, "INVALID_REQUIRED_ACKS", .configuration,
            "the broker refused the acknowledgements setting",
            advice: "set KAFKA_ACKS to all, 1 or 0"),
        Entry(
            29, "TOPIC_AUTHORIZATION_FAILED", .authorization,
            "the client is not allowed to use the topic",
            advice: "grant the client WRITE and DESCRIBE on the topic (CREATE and ALTER_CONFIGS to deploy)"),
        Entry(
            30, "GROUP_AUTHORIZATION_FAILED", .authorization,
            "the client is not allowed to use the consumer group",
            advice: "grant the client READ on the group"),
        Entry(
            31, "CLUSTER_AUTHORIZATION_FAILED", .authorization,
            "the client is not allowed to do this in the cluster",
            advice:
                "grant the client the operation on the cluster; brokers before 2.8 require IDEMPOTENT_WRITE for idempotence"
        ),
        Entry(
            32, "INVALID_TIMESTAMP", .rejected,
            "the record's timestamp is out of the topic's range",
            advice: "check the clock, and the topic's message.timestamp.before.max.ms and after.max.ms"),
        Entry(
            33, "UNSUPPORTED_SASL_MECHANISM", .authentication,
            "the broker does not offer this SASL mechanism",
            advice: "set KAFKA_SASL_MECHANISM to one of the broker's sasl.enabled.mechanisms"),
        Entry(
            34, "ILLEGAL_SASL_STATE", .authentication,
            "the broker expects no SASL authentication here",
            advice: "check KAFKA_SECURITY_PROTOCOL against the broker's listener"),
        Entry(
            35, "UNSUPPORTED_VERSION", .configuration,
            "the broker does not support the request's version",
            advice: "use a newer broker, or a librdkafka of its age"),
        Entry(
            36, "TOPIC_ALREADY_EXISTS", .rejected,
            "the topic exists already",
            advice: "plan again"),
        Entry(
            37, "INVALID_PARTITIONS", .rejected,
            "the number of partitions is invalid",
            advice: "partitions can only grow: check the contract's number"),
        Entry(
            38, "INVALID_REPLICATION_FACTOR", .rejected,
            "the replication factor is invalid",
            advice: "give the cluster that many brokers, or deploy with --replication"),
        Entry(
            39, "INVALID_REPLICA_ASSIGNMENT", .rejected,
            "the replica assignment is invalid",
            advice: "check the brokers that the assignment names"),
        Entry(
            40, "INVALID_CONFIG", .rejected,
            "the broker refused a topic config",
            advice: "correct the topic's config in the contract"),
        Entry(
            41, "NOT_CONTROLLER", .unavailable, isRetriable: true,
            "the broker is not the controller",
            advice: "retry; the client finds the controller by itself"),
        Entry(
            42, "INVALID_REQUEST", .rejected,
            "the broker refused the request as malformed",
            advice: "check the broker's version and its log"),
        Entry(
            43, "UNSUPPORTED_FOR_MESSAGE_FORMAT", .configuration,
            "the topic's message format is too old for headers or idempotence",
            advice: "raise the topic's message.format.version"),
        Entry(
            44, "POLICY_VIOLATION", .rejected,
            "a policy of the broker refused the request",
            advice: "read the policy's message, and change the contract or the policy"),
        Entry(
            45, "OUT_OF_ORDER_SEQUENCE_NUMBER", .fatal, presence: .unknown,
            "the broker missed a batch of this producer",
            advice: "the transport replaces its client; check the topic before sending the record again"),
        Entry(
            47, "INVALID_PRODUCER_EPOCH", .fatal, presence: .unknown,
            "the broker knows a newer epoch of this producer",
            advice: "check the topic before sending the record again"),
        Entry(
            49, "INVALID_PRODUCER_ID_MAPPING", .fatal, presence: .unknown,
            "the producer's id is not assigned to it",
            advice: "the transport replaces its client"),
        Entry(
            53, "TRANSACTIONAL_ID_AUTHORIZATION_FAILED", .authorization,
            "the client is not allowed to use the transactional id",
            advice: "grant the client WRITE on the transactional id"),
        Entry(
            54, "SECURITY_DISABLED", .configuration,
            "the broker has no authorizer",
            advice: "set authorizer.class.name on the brokers, or leave out the operation"),
        Entry(
            55, "OPERATION_NOT_ATTEMPTED", .unavailable, isRetriable: true,
            "the broker did not attempt the operation, because another one of the request failed",
            advice: "correct the other failure, and retry"),
        Entry(
            56, "KAFKA_STORAGE_ERROR", .unavailable, presence: .unknown, isRetriable: true,
            "a broker's disk failed",
            advice: "check the broker's disks; the client retries by itself"),
        Entry(
            57, "LOG_DIR_NOT_FOUND", .unavailable, isRetriable: true,
            "a broker's log directory is missing",
            advice: "check the broker's disks"),
        Entry(
            58, "SASL_AUTHENTICATION_FAILED", .authentication,
            "the broker refused the credentials",
            advice: "check KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD"),
        Entry(
            59, "UNKNOWN_PRODUCER_ID", .fatal, presence: .unknown,
            "the broker does not know the producer any more",
            advice: "the transport replaces its client; check the topic before sending the record again"),
        Entry(
            60, "REASSIGNMENT_IN_PROGRESS", .unavailable, isRetriable: true,
            "the topic's partitions are being reassigned",
            advice: "wait until the reassignment is over"),
        Entry(
            65, "DELEGATION_TOKEN_AUTHORIZATION_FAILED", .authorization,
            "the client is not allowed to use the delegation token",
            advice: "check the token's owner"),
        Entry(
            73, "TOPIC_DELETION_DISABLED", .configuration,
            "the cluster does not delete topics",
            advice: "set delete.topic.enable on the brokers"),
        Entry(
            74, "FENCED_LEADER_EPOCH", .unavailable, isRetriable: true,
            "the partition's leader has changed",
            advice: "send the record again"),
        Entry(
            75, "UNKNOWN_LEADER_EPOCH", .unavailable, isRetriable: true,
            "the broker does not know the partition's leader yet",
            advice: "retry later"),
        Entry(
            76, "UNSUPPORTED_COMPRESSION_TYPE", .configuration,
            "the broker does not support the compression",
            advice: "set KAFKA_COMPRESSION_TYPE to one that all brokers support"),
        Entry(
            77, "STALE_BROKER_EPOCH", .unavailable, isRetriable: true,
            "the broker has restarted",
            advice: "retry later"),
        Entry(
            78, "OFFSET_NOT_AVAILABLE", .unavailable, isRetriable: true,
            "the partition's leader is catching up",
            advice: "retry later"),
        Entry(
            80, "PREFERRED_LEADER_NOT_AVAILABLE", .unavailable, isRetriable: true,
            "the preferred leader is not available",
            advice: "start the missing brokers"),
        Entry(
            83, "ELIGIBLE_LEADERS_NOT_AVAILABLE", .unavailable, isRetriable: true,
            "no replica can become the leader",
            advice: "start the missing brokers"),
        Entry(
            87, "INVALID_RECORD", .rejected,
            "the broker refused the record: a compacted topic without a key, or a timestamp that is not allowed",
            advice: "give the record a key, and check the topic's cleanup.policy and message.timestamp settings"),
        Entry(
            89, "THROTTLING_QUOTA_EXCEEDED", .unavailable, isRetriable: true,
            "the client exceeded its quota",
            advice: "retry later, or raise the quota"),
        Entry(
            90, "PRODUCER_FENCED", .fatal,
            "a newer producer has taken over",
            advice: "stop the older instance"),
        Entry(
            91, "RESOURCE_NOT_FOUND", .rejected,
            "the request names a resource that does not exist",
            advice: "plan again"),
        Entry(
            92, "DUPLICATE_RESOURCE", .rejected,
            "the request names a resource twice",
            advice: "report this with the command"),
        Entry(
            93, "UNACCEPTABLE_CREDENTIAL", .rejected,
            "the credential does not meet the broker's criteria",
            advice: "choose another credential"),
        Entry(
            97, "PRINCIPAL_DESERIALIZATION_FAILURE", .fault, isRetriable: true,
            "the controller could not read the client's principal",
            advice: "check that all brokers use the same principal builder"),
        Entry(
            100, "UNKNOWN_TOPIC_ID", .unknownTopic, isRetriable: true,
            "the topic was deleted and created again",
            advice: "retry; the client learns the topic's new id"),
        Entry(
            103, "INCONSISTENT_TOPIC_ID", .unknownTopic, isRetriable: true,
            "the topic was deleted and created again",
            advice: "retry; the client learns the topic's new id"),
        Entry(
            129, "REBOOTSTRAP_REQUIRED", .unavailable, isRetriable: true,
            "the client's view of the cluster is outdated",
            advice: "retry; the client asks the bootstrap servers again"),
    ]
}
