import SchemaCompiler

extension MessagePattern {
    /// Whether each message has a different text: a new id or the time.
    var isUnique: Bool {
        parts.contains { part in
            switch part {
            case .id, .now, .nowMilliseconds: true
            case .text, .service, .event, .property: false
            }
        }
    }
}
