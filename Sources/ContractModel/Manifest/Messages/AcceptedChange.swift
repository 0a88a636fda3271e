package import JSONTape

/// An entry of the manifest's `accepted_changes`: a break of the contract that is intended.
package struct AcceptedChange: Sendable {
    /// The id of the change's rule, such as `property-removed`.
    package var rule: Located<String>
    /// The place of the change, such as `OrderMessage/payload/priority`.
    package var place: Located<String>
    package var reason: String
    /// The last day on which the change is accepted.
    package var expires: Located<CalendarDate>
}

extension AcceptedChange {
    /// Reads `accepted_changes`: a list of mappings.
    static func read(_ manifest: ManifestMapping, diagnostics: inout Diagnostics) -> [AcceptedChange] {
        guard let node = manifest["accepted_changes"] else { return [] }
        guard case .sequence(let nodes) = node.content else {
            diagnostics.error(
                .wrongType, at: node.location, "'accepted_changes' must be a list, found \(node.kindName)")
            return []
        }
        return nodes.compactMap { entry(at: $0, diagnostics: &diagnostics) }
    }

    private static func entry(at node: SourceNode, diagnostics: inout Diagnostics) -> AcceptedChange? {
        let keys = ["rule", "at", "reason", "expires"]
        guard
            let mapping = ManifestMapping(
                node, "each of 'accepted_changes'", keys: keys, diagnostics: &diagnostics)
        else { return nil }
        let rule = mapping.requiredString("rule", diagnostics: &diagnostics)
        let place = mapping.requiredString("at", diagnostics: &diagnostics)
        let reason = mapping.requiredString("reason", diagnostics: &diagnostics)
        _ = mapping.required("expires", diagnostics: &diagnostics)
        let expires = mapping.date("expires", diagnostics: &diagnostics)
        guard let rule, let place, let reason, let expires else { return nil }
        return AcceptedChange(rule: rule, place: place, reason: reason.value, expires: expires)
    }
}
