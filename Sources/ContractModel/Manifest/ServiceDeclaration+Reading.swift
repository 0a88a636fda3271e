extension ServiceDeclaration {
    private static let keys = ["description"] + Ownership.keys

    /// Reads the manifest's `services`.
    static func read(
        _ manifest: ManifestMapping, _ ownership: Ownership, diagnostics: inout Diagnostics
    ) -> [ServiceDeclaration] {
        guard let node = manifest["services"],
            let mapping = ManifestMapping(node, "'services'", keys: nil, diagnostics: &diagnostics)
        else { return [] }
        return mapping.entries.map { entry in
            ManifestNames.checkServiceName(entry.key, diagnostics: &diagnostics)
            return service(entry, ownership, diagnostics: &diagnostics)
        }
    }

    private static func service(
        _ entry: SourceNode.Entry, _ ownership: Ownership, diagnostics: inout Diagnostics
    ) -> ServiceDeclaration {
        var service = ServiceDeclaration(name: entry.key, ownership: ownership)
        let subject = "the service '\(entry.key.value)'"
        switch entry.value.content {
        case .null: break
        case .mapping:
            guard let mapping = ManifestMapping(entry.value, subject, keys: keys, diagnostics: &diagnostics) else {
                break
            }
            service.summary = mapping.string("description", diagnostics: &diagnostics)?.value
            service.ownership = Ownership.read(mapping, diagnostics: &diagnostics).filledIn(from: ownership)
        default: service.summary = entry.value.string(subject, diagnostics: &diagnostics)?.value
        }
        return service
    }
}
