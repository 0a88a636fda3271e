import CRdKafka

extension KafkaClient {
    /// Creates topics on the cluster, and waits until its controller knows them.
    ///
    /// - Returns: The topics that failed, with the reason.
    func create(_ topics: [DesiredTopic], timeout: Duration) async throws(KafkaError) -> [String: KafkaError] {
        try await request { instance in
            var reason = [CChar](repeating: 0, count: 512)
            var created: [OpaquePointer?] = []
            defer { rd_kafka_NewTopic_destroy_array(&created, created.count) }
            for topic in topics {
                guard
                    let new = rd_kafka_NewTopic_new(
                        topic.name, Int32(clamping: topic.partitions), Int32(clamping: topic.replication), &reason,
                        reason.count)
                else {
                    return .failure(
                        KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, detail: ClientProperties.text(reason)))
                }
                created.append(new)
                for (name, value) in topic.config.sorted(by: { $0.key < $1.key }) {
                    let code = rd_kafka_NewTopic_set_config(new, name, ConfigMeaning.wireValue(name, value))
                    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return .failure(self.error(code, nil)) }
                }
            }
            return self.answer(timeout, on: instance) { options, queue in
                rd_kafka_CreateTopics(instance, &created, created.count, options, queue)
            } read: { event in
                var count = 0
                let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
                return self.failures(results, count)
            }
        }
    }

    /// Grows topics to numbers of partitions.
    ///
    /// - Returns: The topics that failed, with the reason.
    func growPartitions(
        _ counts: [String: Int], timeout: Duration
    ) async throws(KafkaError) -> [String: KafkaError] {
        try await request { instance in
            var reason = [CChar](repeating: 0, count: 512)
            var grown: [OpaquePointer?] = []
            defer { rd_kafka_NewPartitions_destroy_array(&grown, grown.count) }
            for (name, count) in counts {
                guard let new = rd_kafka_NewPartitions_new(name, count, &reason, reason.count) else {
                    return .failure(
                        KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, detail: ClientProperties.text(reason)))
                }
                grown.append(new)
            }
            return self.answer(timeout, on: instance) { options, queue in
                rd_kafka_CreatePartitions(instance, &grown, grown.count, options, queue)
            } read: { event in
                var count = 0
                let results = rd_kafka_CreatePartitions_result_topics(
                    rd_kafka_event_CreatePartitions_result(event), &count)
                return self.failures(results, count)
            }
        }
    }

    /// Asks for the configs of topics.
    func configs(
        of topics: [String], timeout: Duration
    ) async throws(KafkaError) -> [String: Result<[String: ClusterState.Config], KafkaError>] {
        try await request { instance in
            var resources: [OpaquePointer?] = topics.map { rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, $0) }
            defer { rd_kafka_ConfigResource_destroy_array(&resources, resources.count) }
            return self.answer(timeout, on: instance) { options, queue in
                rd_kafka_DescribeConfigs(instance, &resources, resources.count, options, queue)
            } read: { event in
                var count = 0
                let results = rd_kafka_DescribeConfigs_result_resources(
                    rd_kafka_event_DescribeConfigs_result(event), &count)
                return Dictionary(
                    uniqueKeysWithValues: UnsafeBufferPointer(start: results, count: count).compactMap { resource in
                        guard let resource else { return nil }
                        let name = String(cString: rd_kafka_ConfigResource_name(resource))
                        if let failure = self.failure(resource) { return (name, .failure(failure)) }
                        return (name, .success(Self.configs(resource)))
                    })
            }
        }
    }

    /// Changes configs of one topic.
    ///
    /// - Parameters:
    ///   - changes: The values to set.
    ///   - isIncremental: Whether other configs stay as they are by themselves; else the topic has `changes` and nothing else
    ///     afterwards.
    func alterConfigs(
        of topic: String, _ changes: [String: String], isIncremental: Bool, timeout: Duration
    ) async throws(KafkaError) {
        let failure: KafkaError? = try await request { instance in
            guard let resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic) else {
                return .failure(KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG))
            }
            var resources: [OpaquePointer?] = [resource]
            defer { rd_kafka_ConfigResource_destroy_array(&resources, resources.count) }
            for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
                if let error = self.set(name, to: value, of: resource, isIncremental: isIncremental) {
                    return .failure(error)
                }
            }
            return self.answer(timeout, on: instance) { options, queue in
                if isIncremental {
                    event_contracts_alter_incrementally(instance, &resources, resources.count, options, queue)
                } else {
                    rd_kafka_AlterConfigs(instance, &resources, resources.count, options, queue)
                }
            } read: { event in
                var count = 0
                let results =
                    isIncremental
                    ? event_contracts_incremental_result(event, &count)
                    : rd_kafka_AlterConfigs_result_resources(rd_kafka_event_AlterConfigs_result(event), &count)
                return UnsafeBufferPointer(start: results, count: count).lazy
                    .compactMap { $0.flatMap(self.failure) }.first
            }
        }
        if let failure { throw failure }
    }

    private func set(
        _ name: String, to value: String, of resource: OpaquePointer, isIncremental: Bool
    ) -> KafkaError? {
        guard isIncremental else {
            let code = rd_kafka_ConfigResource_set_config(resource, name, value)
            return code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : error(code, nil)
        }
        guard let failure = event_contracts_set_incrementally(resource, name, value) else { return nil }
        defer { rd_kafka_error_destroy(failure) }
        return error(rd_kafka_error_code(failure), rd_kafka_error_string(failure))
    }

    // MARK: Requests and answers

    /// Sends an administrative request, and waits for its answer on a queue of its own.
    func answer<Value>(
        _ timeout: Duration, on instance: OpaquePointer,
        send: (_ options: OpaquePointer?, _ queue: OpaquePointer) -> Void, read: (OpaquePointer) -> Value
    ) -> Result<Value, KafkaError> {
        let queue = rd_kafka_queue_new(instance)
        let options = rd_kafka_AdminOptions_new(instance, RD_KAFKA_ADMIN_OP_ANY)
        guard let queue, let options else { return .failure(KafkaError(RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE)) }
        defer {
            rd_kafka_AdminOptions_destroy(options)
            rd_kafka_queue_destroy(queue)
        }
        var reason = [CChar](repeating: 0, count: 512)
        // The library takes no longer timeout than an hour.
        let timeout = min(timeout, .seconds(3600))
        let code = rd_kafka_AdminOptions_set_request_timeout(options, timeout.cTimeout, &reason, reason.count)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return .failure(KafkaError(code, detail: ClientProperties.text(reason)))
        }
        send(options, queue)
        // The library answers within the timeout, if only with an error; the margin is for its own thread.
        guard let event = rd_kafka_queue_poll(queue, (timeout + .seconds(5)).cTimeout) else {
            return .failure(KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT))
        }
        defer { rd_kafka_event_destroy(event) }
        let failure = rd_kafka_event_error(event)
        guard failure == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return .failure(error(failure, rd_kafka_event_error_string(event)))
        }
        return .success(read(event))
    }

    /// Returns the failures by names. The results belong to an event, and are copied.
    func failures(
        _ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int
    ) -> [String: KafkaError] {
        var failures: [String: KafkaError] = [:]
        for result in UnsafeBufferPointer(start: results, count: count) {
            guard let result else { continue }
            let code = rd_kafka_topic_result_error(result)
            guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
            failures[String(cString: rd_kafka_topic_result_name(result))] = error(
                code, rd_kafka_topic_result_error_string(result))
        }
        return failures
    }

    private func failure(_ resource: OpaquePointer) -> KafkaError? {
        let code = rd_kafka_ConfigResource_error(resource)
        return code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : error(code, rd_kafka_ConfigResource_error_string(resource))
    }

    private static func configs(_ resource: OpaquePointer) -> [String: ClusterState.Config] {
        var count = 0
        let entries = rd_kafka_ConfigResource_configs(resource, &count)
        var configs: [String: ClusterState.Config] = [:]
        for entry in UnsafeBufferPointer(start: entries, count: count) {
            guard let entry else { continue }
            let isSensitive = rd_kafka_ConfigEntry_is_sensitive(entry) == 1
            configs[String(cString: rd_kafka_ConfigEntry_name(entry))] = ClusterState.Config(
                value: isSensitive ? nil : rd_kafka_ConfigEntry_value(entry).map { String(cString: $0) },
                isDynamic: rd_kafka_ConfigEntry_source(entry) == RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG,
                isReadOnly: rd_kafka_ConfigEntry_is_read_only(entry) == 1)
        }
        return configs
    }
}
