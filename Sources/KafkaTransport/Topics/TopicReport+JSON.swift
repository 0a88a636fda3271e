import JSONTape

extension TopicReport {
    /// Returns the report as one JSON object, for programs.
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
