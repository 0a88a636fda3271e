import JSONTape

extension IdentificationDeclaration {
    /// Reads `identified_by`: `topic`, or a mapping of `property` or `header`.
    ///
    /// - Returns: `nil` where it can't be read, which has been reported.
    static func read(_ node: SourceNode, diagnostics: inout Diagnostics) -> Self? {
        if case .string("topic") = node.content { return .topic(node.location) }
        guard case .mapping = node.content else {
            diagnostics.error(
                .invalidValue, at: node.location, "'identified_by' must be topic or a mapping, found \(node.kindName)",
                hint: "write topic, {property: /type} or {header: event-type}")
            return nil
        }
        guard
            let mapping = ManifestMapping(
                node, "'identified_by'", keys: ["property", "header"], diagnostics: &diagnostics)
        else { return nil }
        let property = mapping.string("property", diagnostics: &diagnostics)
        let header = mapping.string("header", diagnostics: &diagnostics)
        switch (property, header) {
        case (let property?, nil):
            return property.pointer(diagnostics: &diagnostics).map { .property($0) }
        case (nil, let header?):
            ManifestNames.checkNotEmpty(header, "a header", diagnostics: &diagnostics)
            return .header(header)
        case (_?, let header?):
            diagnostics.error(
                .invalidValue, at: header.location, "'identified_by' has both a property and a header",
                hint: "keep one of them")
        case (nil, nil):
            guard mapping["property"] == nil, mapping["header"] == nil else { break }
            diagnostics.error(
                .missingKey, at: node.location, "'identified_by' has neither 'property' nor 'header'",
                hint: "write topic, {property: /type} or {header: event-type}")
        }
        return nil
    }
}
