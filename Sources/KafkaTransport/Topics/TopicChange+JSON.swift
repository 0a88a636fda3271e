import JSONTape

extension TopicChange {
    /// Writes the members of the object that is open.
    func writeMembers(to writer: inout JSONWriter) {
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
    /// Writes the members of the object that is open.
    func writeMembers(to writer: inout JSONWriter) {
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
