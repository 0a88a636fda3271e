import JSONTape

extension TopicPlan {
    /// The plan as one JSON object, for programs.
    public func json() -> [UInt8] {
        JSONText.make { writer in
            writer.beginObject()
            writer.key("drift")
            writer.write(hasDrift)
            writer.key("topics")
            writer.beginArray()
            for entry in entries {
                writer.element()
                entry.write(to: &writer)
            }
            writer.endArray()
            writer.endObject()
        }
    }
}

extension TopicReport {
    /// The report as one JSON object, for programs.
    public func json() -> [UInt8] {
        JSONText.make { writer in
            writer.beginObject()
            writer.key("complete")
            writer.write(isComplete)
            writer.key("changes")
            writer.beginArray()
            for outcome in outcomes {
                writer.element()
                outcome.write(to: &writer)
            }
            writer.endArray()
            writer.endObject()
        }
    }
}

/// Writes JSON whose numbers are all finite.
enum JSONText {
    static func make(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        body(&writer)
        // Only a number that is not finite can fail.
        return (try? writer.finish()) ?? []
    }
}

extension TopicPlan.Entry {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("key")
        writer.write(key)
        writer.key("name")
        writer.write(name)
        writer.key("changes")
        writer.beginArray()
        for step in steps {
            writer.element()
            writer.beginObject()
            step.change.writeMembers(to: &writer)
            step.requirement.writeMembers(to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.key("configs")
        writer.beginObject()
        for (name, agreement) in agreements.sorted(by: { $0.key < $1.key }) {
            writer.key(name: name)
            writer.write(agreement.rawValue)
        }
        writer.endObject()
        writer.key("rewritten_configs")
        rewrittenConfigs.write(to: &writer)
        writer.key("notes")
        notes.write(to: &writer)
        writer.endObject()
    }
}

extension TopicReport.Outcome {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("topic")
        writer.write(topic)
        change.writeMembers(to: &writer)
        writer.key("result")
        switch result {
        case .applied: writer.write("applied")
        case .refused(let reason):
            writer.write("refused")
            writer.key("reason")
            writer.write(reason)
        case .failed(let error):
            writer.write("failed")
            writer.key("error")
            writer.write(error.name)
            writer.key("reason")
            writer.write(error.description)
        }
        writer.endObject()
    }
}

extension TopicChange {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.key("change")
        switch self {
        case .create(let partitions, let replication, let config):
            writer.write("create")
            writer.key("partitions")
            writer.write(partitions)
            writer.key("replication")
            writer.write(replication)
            writer.key("config")
            writer.beginObject()
            for (name, value) in config.sorted(by: { $0.key < $1.key }) {
                writer.key(name: name)
                writer.write(value)
            }
            writer.endObject()
        case .growPartitions(let old, let new, let moved):
            Self.write("grow_partitions", old, new, to: &writer)
            writer.key("moved_keys")
            writer.write(moved)
        case .shrinkPartitions(let old, let new): Self.write("shrink_partitions", old, new, to: &writer)
        case .changeReplication(let old, let new): Self.write("change_replication", old, new, to: &writer)
        case .setConfig(let name, let old, let new, let loss):
            writer.write("set_config")
            writer.key("config")
            writer.write(name)
            writer.key("from")
            if let old { writer.write(old) } else { writer.write(literal: "null") }
            writer.key("to")
            writer.write(new)
            guard let loss else { return }
            writer.key("lost_records")
            if let records = loss.records { writer.write(records) } else { writer.write(literal: "null") }
        }
    }

    private static func write(_ name: StaticString, _ old: Int, _ new: Int, to writer: inout JSONWriter) {
        writer.write("\(name)")
        writer.key("from")
        writer.write(old)
        writer.key("to")
        writer.write(new)
    }
}

extension TopicChange.Requirement {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.key("requires")
        switch self {
        case .none: writer.write(literal: "null")
        case .growPartitions: writer.write("--grow-partitions")
        case .dataLoss: writer.write("--allow-data-loss")
        case .impossible(let reason):
            writer.write("impossible")
            writer.key("reason")
            writer.write(reason)
        }
    }
}

extension [String] {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginArray()
        for text in self {
            writer.element()
            writer.write(text)
        }
        writer.endArray()
    }
}
