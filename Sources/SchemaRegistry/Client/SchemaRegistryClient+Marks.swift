public import EventContracts

extension SchemaRegistryClient {
    /// Finds the ids by which a producer's records name their schemas, as the contracts' manifests say.
    ///
    /// ```swift
    /// let marks = try await registry.marks(for: [Shop.self], topicNames: configuration.topicNames)
    /// let producer = Producer(transport: transport, contracts: [Shop.self], context: context, schemaMarks: marks)
    /// ```
    ///
    /// Contracts whose manifest has no `registry`, or no `wire` in it, need no ids, and the registry is not asked for them.
    ///
    /// - Parameters:
    ///   - contracts: The contracts of the producer.
    ///   - topicNames: The names of topics on the broker, which subjects contain.
    ///   - registers: Whether schemas that are not registered are registered now. Leave that to
    ///     `event-contracts-deploy registry apply` where a service must not change the registry.
    /// - Throws: An error of the kind `schemaNotFound` that names all schemas which are not registered, or the first other
    ///   error.
    public func marks(
        for contracts: [any EventContract.Type], topicNames: TopicNames = TopicNames(), registers: Bool = false
    ) async throws(SchemaRegistryError) -> SchemaMarks {
        var marks = SchemaMarks()
        var missing: [SchemaRegistryError] = []
        for schemas in contracts.compactMap({ $0.registrySchemas }) where schemas.wire != .none {
            for schema in schemas.schemas {
                let subject = schemas.subject(of: schema, topicNames: topicNames)
                do throws(SchemaRegistryError) {
                    let registered = try await registered(schema, subject: subject, registers: registers)
                    marks.add(try registered.wireID(schemas.wire), of: schema.message, as: schemas.wire)
                } catch {
                    guard error.isNotFound else { throw error }
                    var error = error
                    error.message =
                        "the schema of '\(schema.message.messageName)' is not registered in the subject "
                        + "'\(subject)'"
                    missing.append(error)
                }
            }
        }
        guard var error = missing.first else { return marks }
        error.kind = .schemaNotFound
        error.message = missing.map(\.message).joined(separator: ", ") + "; run event-contracts-deploy registry apply"
        throw error
    }

    private func registered(
        _ schema: ContractSchemas.Schema, subject: String, registers: Bool
    ) async throws(SchemaRegistryError) -> RegisteredSchema {
        let own = RegistrySchema(schema.text)
        do throws(SchemaRegistryError) {
            return try await registration(of: own, subject: subject)
        } catch {
            guard error.isNotFound else { throw error }
            // Servers that reformat schemas may not find their own text.
            if let latest = try? await version(.latest, of: subject), latest.schema?.hasSameContent(as: own) == true {
                return latest
            }
            guard registers else { throw error }
        }
        return try await register(own, subject: subject)
    }
}

extension RegisteredSchema {
    /// Returns the id on the wire: headers have the one that is the same in all registries, where there is one.
    fileprivate func wireID(_ form: ContractSchemas.WireForm) throws(SchemaRegistryError) -> SchemaID {
        if form == .header, let guid { return .guid(guid) }
        guard let number = UInt32(exactly: id) else {
            throw SchemaRegistryError(.unusableAnswer, message: "the id \(id) has more than 32 bits", url: "")
        }
        return .number(number)
    }
}

extension SchemaRegistryClient {
    /// Finds the health of the registry. Never throws: a registry that does not answer is unhealthy.
    ///
    /// ```swift
    /// HealthCheck("schema_registry") { HealthReport(await registry.health()) }
    /// ```
    public func health() async -> TransportHealth {
        let start = ContinuousClock.now
        do throws(SchemaRegistryError) {
            let level = try await level(of: .global)
            let milliseconds = Int(start.duration(to: .now) / .milliseconds(1))
            return TransportHealth(
                .healthy, details: ["compatibility": level?.rawValue ?? "unknown", "answer_ms": String(milliseconds)])
        } catch {
            return TransportHealth(.unhealthy, details: ["reason": error.description])
        }
    }
}
