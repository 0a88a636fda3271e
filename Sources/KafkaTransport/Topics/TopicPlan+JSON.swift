import JSONTape

extension TopicPlan {
    /// Returns the plan as one JSON object, for programs.
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
