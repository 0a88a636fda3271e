import SchemaCompiler

extension MessagePattern {
    /// Returns whether each message has another text: a new id or the time, or a property that is filled with one.
    func isUnique(among envelope: [CompiledEnvelopeRule]) -> Bool {
        if isUnique { return true }
        return parts.contains { part in
            guard case .property(let path) = part else { return false }
            return envelope.contains { $0.property.pointer == path.pointer && $0.pattern.isUnique }
        }
    }

    /// Whether the pattern itself has a new id or the time.
    var isUnique: Bool {
        parts.contains { part in
            switch part {
            case .id, .now, .nowMilliseconds: true
            case .text, .service, .event, .property: false
            }
        }
    }
}
