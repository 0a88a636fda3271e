import JSONTape

extension SchemaRegistryClient {
    // MARK: Compatibility

    /// Asks the registry whether a schema is compatible with versions of a subject, by the subject's level.
    ///
    /// - Throws: An error of the kind `subjectNotFound` or `versionNotFound` where there is nothing to compare with.
    public func verdict(
        on schema: RegistrySchema, subject: String, comparedWith versions: ComparedVersions = .all,
        normalize: Bool = false
    ) async throws(SchemaRegistryError) -> RegistryVerdict {
        let version =
            switch versions {
            case .one(let version): "/\(version.path)"
            case .all: ""
            }
        let answer = try await send(
            .post,
            "/compatibility/subjects/\(escaped(subject))/versions\(version)?verbose=true"
                + (normalize ? "&normalize=true" : ""),
            body: schema.request)
        guard let isCompatible = answer.body["is_compatible"]?.boolean else {
            throw answer.failure("'is_compatible'")
        }
        var messages: [String] = []
        if case .array(let elements)? = answer.body["messages"] { messages = elements.map { $0.text ?? $0.jsonText } }
        return RegistryVerdict(isCompatible: isCompatible, messages: messages)
    }

    /// Returns the compatibility level of all subjects or of one.
    ///
    /// - Returns: `nil` where a subject has no level of its own, or the registry answers with a level that is not one of
    ///   ``RegistryLevel``.
    public func level(of scope: RegistryScope) async throws(SchemaRegistryError) -> RegistryLevel? {
        do throws(SchemaRegistryError) {
            let answer = try await send(.get, "/config\(scope.path)")
            // Answers have one name, requests another; some servers use that of requests for both.
            let name = answer.body["compatibilityLevel"] ?? answer.body["compatibility"]
            guard let name = name?.text else { throw answer.failure("'compatibilityLevel'") }
            return RegistryLevel(rawValue: name.uppercased())
        } catch {
            if scope != .global, error.isNotFound { return nil }
            throw error
        }
    }

    /// Sets the compatibility level of all subjects or of one.
    public func setLevel(_ level: RegistryLevel, of scope: RegistryScope) async throws(SchemaRegistryError) {
        _ = try await send(.put, "/config\(scope.path)", body: ["compatibility": .string(level.rawValue)])
    }

    /// Removes a subject's own level, so that the global one applies.
    public func removeLevel(ofSubject subject: String) async throws(SchemaRegistryError) {
        _ = try await send(.delete, "/config/\(escaped(subject))", isRepeatable: false)
    }

    // MARK: Modes

    /// Returns the mode of the registry or of a subject.
    ///
    /// - Returns: `nil` where a subject has no mode of its own, or the registry answers with a mode that is not one of
    ///   ``RegistryMode``.
    public func mode(of scope: RegistryScope) async throws(SchemaRegistryError) -> RegistryMode? {
        do throws(SchemaRegistryError) {
            return RegistryMode(rawValue: try await send(.get, "/mode\(scope.path)").text("mode").uppercased())
        } catch {
            if scope != .global, error.isNotFound { return nil }
            throw error
        }
    }

    /// Sets the mode of the registry or of a subject; with `force`, the mode `importing` even though there are schemas.
    public func setMode(
        _ mode: RegistryMode, of scope: RegistryScope, force: Bool = false
    ) async throws(SchemaRegistryError) {
        _ = try await send(
            .put, "/mode\(scope.path)" + (force ? "?force=true" : ""), body: ["mode": .string(mode.rawValue)])
    }
}

extension RegistryScope {
    fileprivate var path: String {
        switch self {
        case .global: ""
        case .subject(let subject): "/\(escaped(subject))"
        }
    }
}
