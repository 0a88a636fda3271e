/// The owner and the lifecycle of a contract or of a service, for catalogs.
package struct Ownership: Sendable {
    /// A team or a person, as Backstage names them: `checkout-team`, `user:ada`.
    package var owner: Located<String>?
    /// A stage such as `experimental`, `production` or `deprecated`.
    package var lifecycle: Located<String>?

    static let keys = ["owner", "lifecycle"]

    /// Reads the two keys of a mapping.
    static func read(_ mapping: ManifestMapping, diagnostics: inout Diagnostics) -> Ownership {
        Ownership(
            owner: name("owner", of: mapping, isReference: true, diagnostics: &diagnostics),
            lifecycle: name("lifecycle", of: mapping, isReference: false, diagnostics: &diagnostics))
    }

    /// Returns the values, and where there is none, those of the contract.
    func filledIn(from other: Ownership) -> Ownership {
        Ownership(owner: owner ?? other.owner, lifecycle: lifecycle ?? other.lifecycle)
    }

    /// - Parameter isReference: Whether the name may have a kind and a namespace: `group:default/checkout-team`.
    private static func name(
        _ key: String, of mapping: ManifestMapping, isReference: Bool, diagnostics: inout Diagnostics
    ) -> Located<String>? {
        guard let text = mapping.string(key, diagnostics: &diagnostics) else { return nil }
        let pattern =
            isReference
            ? #/(?:[a-z]+:)?(?:[a-z0-9-]+/)?[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/#
            : #/[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/#
        if text.value.utf8.count <= longestName, text.value.wholeMatch(of: pattern) != nil { return text }
        diagnostics.error(
            .invalidValue, at: text.location, "'\(key)' can't be '\(text.value)'",
            hint: "expected ASCII letters, digits, '.', '_' and '-'"
                + (isReference ? ", such as checkout-team or group:default/checkout-team" : ", such as production"))
        return nil
    }

    private static let longestName = 200
}
