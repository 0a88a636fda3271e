import JSONTape

/// A reader of a manifest and its schemas.
package enum ContractReader {
    package static let manifestName = "topics.yaml"

    private static let manifestKeys = [
        "contract", "version", "description", "owner", "lifecycle", "service", "access", "schemas", "services",
        "identified_by",
        "unknown_members",
        "topic_prefix",
        "topic_defaults", "topics", "messages", "encryption", "registry", "baseline", "accepted_changes",
        "metrics", "alerts", "allow", "strict",
    ]

    /// Reads the contract at a manifest's path, or in a folder that holds `topics.yaml`.
    ///
    /// - Returns: The contract without the parts with errors, so that later stages report their own errors. `nil` if the
    ///   manifest cannot be read.
    package static func read(_ path: String, diagnostics: inout Diagnostics) -> Contract? {
        read(.disk(path), diagnostics: &diagnostics)
    }

    /// Reads a contract from files, as `read(_:diagnostics:)` does.
    package static func read(_ files: ContractFiles, diagnostics: inout Diagnostics) -> Contract? {
        let manifestPath = files.manifestPath
        let (folder, file) = PathName.split(manifestPath)
        guard let bytes = files.read(file, folder: folder, diagnostics: &diagnostics) else { return nil }
        guard let root = YAMLReader.read(bytes, file: manifestPath, diagnostics: &diagnostics),
            let manifest = ManifestMapping(root, "the manifest", keys: manifestKeys, diagnostics: &diagnostics)
        else {
            // Report errors of the schemas too.
            _ = SchemaFiles.read(files, folder: folder, references: nil, libraries: [], diagnostics: &diagnostics)
            return nil
        }
        return contract(manifest, path: manifestPath, files, folder: folder, text: bytes, diagnostics: &diagnostics)
    }

    /// Returns the `folders` of a manifest that are outside of its own folder, by their paths from there.
    package static func outsideFolders(ofManifest bytes: [UInt8]) -> [String] {
        // Errors of the manifest are reported when all of it is read.
        var ignored = Diagnostics()
        let manifest = YAMLReader.read(bytes, file: manifestName, diagnostics: &ignored)
        guard case .sequence(let nodes)? = manifest?["schemas"]?["folders"]?.content else { return [] }
        return nodes.compactMap { node in
            guard case .string(let name) = node.content else { return nil }
            let path = PathName.normalized(name)
            return path.hasPrefix("../") ? path : nil
        }
    }

    private static func contract(
        _ manifest: ManifestMapping, path: String, _ files: ContractFiles, folder: String, text: [UInt8],
        diagnostics: inout Diagnostics
    ) -> Contract {
        AllowanceReader.read(manifest: manifest.node, folder: folder, diagnostics: &diagnostics)
        let name = manifest.requiredString("contract", diagnostics: &diagnostics)
        if let name { ManifestNames.checkTypeName(name, "contract", diagnostics: &diagnostics) }
        let version = version(manifest, diagnostics: &diagnostics)
        let service = manifest.requiredString("service", diagnostics: &diagnostics)
        if let service { ManifestNames.checkServiceName(service, diagnostics: &diagnostics) }
        let access = manifest.choice("access", AccessLevel.allCases.map(\.rawValue), diagnostics: &diagnostics)
        let options = SchemaOptions.read(manifest, diagnostics: &diagnostics)
        let ownership = Ownership.read(manifest, diagnostics: &diagnostics)
        let services = ServiceDeclaration.read(manifest, ownership, diagnostics: &diagnostics)
        let prefix = manifest.string("topic_prefix", diagnostics: &diagnostics)?.value ?? ""
        var found = Diagnostics()
        let topics = TopicReader(services: serviceNames(manifest))
            .read(manifest, prefix: prefix, diagnostics: &found)
        let areTopicsValid = !found.hasErrors
        diagnostics.append(found)
        let topicNames = names("topics", of: manifest)
        found = Diagnostics()
        let identification = manifest["identified_by"].flatMap {
            IdentificationDeclaration.read($0, diagnostics: &found)
        }
        let messages = MessageReader(
            topics: topicNames, identification: identification,
            keepsUnknownMembers: manifest.choice("unknown_members", ["keep", "drop"], diagnostics: &diagnostics)?.value
                == "keep"
        )
        .read(manifest, diagnostics: &found)
        diagnostics.append(found)
        let registry = RegistryDeclaration.read(manifest, diagnostics: &diagnostics)
        let metrics = MetricsReader.read(manifest, diagnostics: &diagnostics)
        let alerts = AlertsReader.read(manifest, contract: name?.value ?? "", diagnostics: &diagnostics)
        let schemas = SchemaFiles.read(
            files, folder: folder, references: schemaReferences(manifest), libraries: options.folders,
            diagnostics: &diagnostics)
        let summary = manifest.string("description", diagnostics: &diagnostics)?.value
        let complete = CompleteSections(
            topics: topicNames != nil, messages: !found.hasErrors,
            families: hasAllFamilies(metrics, in: manifest))
        // Use an empty text in place of a missing one, which has been reported.
        let missing = Located("", at: manifest.node.location)
        var contract = Contract(
            manifestPath: path, name: name ?? missing, version: version ?? missing, summary: summary,
            service: service ?? missing, access: access.flatMap { AccessLevel(rawValue: $0.value) } ?? .public,
            dialect: options.dialect, dialects: options.dialects, assertsFormats: options.assertsFormats,
            typedFormats: options.typedFormats,
            topicPrefix: prefix, services: services, topics: topics,
            messages: messages, registry: registry,
            baseline: manifest.strings("baseline", diagnostics: &diagnostics),
            acceptedChanges: AcceptedChange.read(manifest, diagnostics: &diagnostics), metrics: metrics, alerts: alerts,
            schemas: schemas,
            manifestText: SourceLines(text),
            complete: complete)
        contract.ownership = ownership
        for schema in schemas { AllowanceReader.read(schema: schema, diagnostics: &diagnostics) }
        contract.isStrict = manifest.boolean("strict", diagnostics: &diagnostics)?.value ?? false
        contract.encryption = EncryptionDeclaration.read(manifest, diagnostics: &diagnostics)
        IdlePartCheck.check(contract, areTopicsValid: areTopicsValid, diagnostics: &diagnostics)
        return contract
    }

    /// Returns the names in a section, valid or not; `nil` if it cannot be read or a name is empty, so that references to it
    /// are not reported.
    private static func names(_ section: String, of manifest: ManifestMapping) -> DeclaredNames? {
        guard case .mapping(let entries) = manifest[section]?.content,
            !entries.contains(where: \.key.value.isEmpty)
        else { return nil }
        return DeclaredNames(entries.map(\.key.value))
    }

    private static func serviceNames(_ manifest: ManifestMapping) -> DeclaredNames? {
        manifest["services"] == nil ? DeclaredNames([]) : names("services", of: manifest)
    }

    /// Returns whether all metric families of the manifest are complete.
    private static func hasAllFamilies(_ metrics: MetricsDeclaration?, in manifest: ManifestMapping) -> Bool {
        guard let section = manifest["metrics"], section.content != .null else { return true }
        guard let metrics, case .mapping(let families) = section["families"]?.content else { return false }
        return metrics.families.count == families.count
    }

    /// Returns the schemas of all messages, also of those with other errors; `nil` if one cannot be read.
    private static func schemaReferences(_ manifest: ManifestMapping) -> [Located<String>]? {
        guard case .mapping(let messages) = manifest["messages"]?.content else { return nil }
        let references = messages.compactMap { message -> Located<String>? in
            guard let node = message.value["schema"], case .string(let name) = node.content else { return nil }
            return Located(name, at: node.location)
        }
        return references.count == messages.count ? references : nil
    }

    private static func version(_ manifest: ManifestMapping, diagnostics: inout Diagnostics) -> Located<String>? {
        if let node = manifest["version"], case .number = node.content {
            diagnostics.error(
                .wrongType, at: node.location, "invalid version: a number",
                hint: "expected MAJOR.MINOR.PATCH, such as 1.0.0")
            return nil
        }
        guard let version = manifest.requiredString("version", diagnostics: &diagnostics) else { return nil }
        let parts = version.value.split(separator: ".", omittingEmptySubsequences: false)
        let isValid =
            parts.count == 3
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isNumber } && (part == "0" || part.first != "0")
            }
        if !isValid {
            diagnostics.error(
                .invalidValue, at: version.location, "invalid version '\(version.value)'",
                hint: "expected MAJOR.MINOR.PATCH, such as 1.0.0")
        }
        return version
    }
}
