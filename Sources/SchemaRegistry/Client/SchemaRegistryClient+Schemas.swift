public import EventContracts
import JSONTape

/// A schema and the subject that it is looked up under.
struct RegistrationKey: Hashable, Sendable {
    var subject: String
    var schema: RegistrySchema
    var isNormalized: Bool
}

extension SchemaRegistryClient {
    // MARK: Schemas

    /// Registers a schema, unless the subject has it.
    ///
    /// - Parameters:
    ///   - schema: The schema.
    ///   - subject: The subject that gets a new version.
    ///   - normalize: Whether the registry brings the text to a normal form, so that schemas that differ in form only are one.
    /// - Returns: The schema's id, and what else the registry says: older servers say no more than the id.
    public func register(
        _ schema: RegistrySchema, subject: String, normalize: Bool = false
    ) async throws(SchemaRegistryError) -> RegisteredSchema {
        let answer = try await send(
            .post, "/subjects/\(escaped(subject))/versions\(Self.query(normalize: normalize))", body: schema.request)
        var registered = try RegisteredSchema(answer)
        registered.subject = registered.subject ?? subject
        registered.schema = registered.schema ?? schema
        registrations.forget(RegistrationKey(subject: subject, schema: schema, isNormalized: normalize))
        return registered
    }

    /// Finds the place of a schema in a subject. The answer is kept.
    ///
    /// - Throws: An error of the kind `subjectNotFound` or `schemaNotFound` where the schema is not registered, which is kept
    ///   for some seconds.
    public func registration(
        of schema: RegistrySchema, subject: String, normalize: Bool = false
    ) async throws(SchemaRegistryError) -> RegisteredSchema {
        let key = RegistrationKey(subject: subject, schema: schema, isNormalized: normalize)
        return try await registrations.value(of: key) { () async throws(SchemaRegistryError) in
            let answer = try await self.send(
                .post, "/subjects/\(escaped(subject))\(Self.query(normalize: normalize))", body: schema.request)
            return try RegisteredSchema(answer)
        }
    }

    /// Finds the schema of an id. The answer is kept.
    public func schema(id: Int) async throws(SchemaRegistryError) -> RegistrySchema {
        try await schemasByID.value(of: id) { () async throws(SchemaRegistryError) in
            try RegistrySchema(try await self.send(.get, "/schemas/ids/\(id)"))
        }
    }

    /// Finds the schema of an id that is the same in all registries. The answer is kept.
    public func schema(guid: SchemaGUID) async throws(SchemaRegistryError) -> RegistrySchema {
        try await schemasByGUID.value(of: guid) { () async throws(SchemaRegistryError) in
            try RegistrySchema(try await self.send(.get, "/schemas/guids/\(guid)"))
        }
    }

    /// Finds a version of a subject.
    public func version(
        _ version: SchemaVersion, of subject: String
    ) async throws(SchemaRegistryError) -> RegisteredSchema {
        try RegisteredSchema(try await send(.get, "/subjects/\(escaped(subject))/versions/\(version.path)"))
    }

    /// Returns the numbers of a subject's versions; with `includesDeleted`, also of those that are deleted, though not
    /// permanently.
    public func versions(
        of subject: String, includesDeleted: Bool = false
    ) async throws(SchemaRegistryError) -> [Int] {
        try await send(.get, "/subjects/\(escaped(subject))/versions" + (includesDeleted ? "?deleted=true" : ""))
            .numbers()
    }

    /// Returns the names of all subjects.
    ///
    /// - Parameter includesDeleted: Whether subjects count that are deleted, though not permanently.
    public func subjects(includesDeleted: Bool = false) async throws(SchemaRegistryError) -> [String] {
        try await send(.get, "/subjects" + (includesDeleted ? "?deleted=true" : "")).texts()
    }

    // MARK: Deletion

    /// Deletes a subject with all its versions: so that it can be undone, or `permanently`, which the registry accepts only
    /// after another deletion.
    ///
    /// - Returns: The numbers of the versions.
    @discardableResult
    public func deleteSubject(_ subject: String, permanently: Bool = false) async throws(SchemaRegistryError) -> [Int] {
        let answer = try await send(
            .delete, "/subjects/\(escaped(subject))\(Self.query(permanent: permanently))", isRepeatable: false)
        registrations.removeAll()
        return try answer.numbers()
    }

    /// Deletes a version of a subject: so that it can be undone, or `permanently`, which the registry accepts only after
    /// another deletion.
    ///
    /// - Returns: The number of the version.
    @discardableResult
    public func deleteVersion(
        _ version: SchemaVersion, of subject: String, permanently: Bool = false
    ) async throws(SchemaRegistryError) -> Int {
        let answer = try await send(
            .delete,
            "/subjects/\(escaped(subject))/versions/\(version.path)\(Self.query(permanent: permanently))",
            isRepeatable: false)
        registrations.removeAll()
        guard let number = answer.body.integer else { throw answer.failure("the number of a version") }
        return number
    }

    private static func query(normalize: Bool) -> String { normalize ? "?normalize=true" : "" }

    private static func query(permanent: Bool) -> String { permanent ? "?permanent=true" : "" }
}
