import ContractEvolution
import ContractModel
import EventContracts
import SchemaCompiler
import SchemaRegistry

/// A planner of the changes of a contract's schemas in a registry.
struct RegistryPlanner {
    let client: SchemaRegistryClient
    let contract: CompiledContract
    let names: TopicNames

    /// Finds the difference of each schema. Changes nothing.
    func plan(_ registry: CompiledRegistry) async throws(SchemaRegistryError) -> RegistryPlan {
        let global = try await client.level(of: .global)
        var entries: [RegistryPlan.Entry] = []
        for schema in registry.schemas {
            let topic = Topic(schema.topic, prefix: contract.contract.topicPrefix)
            let subject = registry.declaration.subject(
                topic: names.name(of: topic), record: schema.recordName)
            // Messages with the same schema may share a subject.
            guard !entries.contains(where: { $0.subject == subject }) else { continue }
            let own = RegistrySchema(schema.text)
            entries.append(
                RegistryPlan.Entry(
                    message: schema.message.value, subject: subject, schema: own,
                    level: RegistryLevel(schema.compatibility.level),
                    currentLevel: try await client.level(of: .subject(subject)) ?? global,
                    state: try await state(of: own, subject: subject, schema)))
        }
        return RegistryPlan(entries: entries)
    }

    private func state(
        of own: RegistrySchema, subject: String, _ schema: CompiledRegistry.Schema
    ) async throws(SchemaRegistryError) -> RegistryPlan.State {
        do throws(SchemaRegistryError) {
            let found = try await client.registration(of: own, subject: subject)
            return .registered(version: found.version, id: found.id)
        } catch {
            if error.kind == .subjectNotFound { return .missing }
            guard error.isNotFound else { throw error }
        }
        let numbers: [Int]
        do throws(SchemaRegistryError) {
            numbers = try await client.versions(of: subject)
        } catch {
            if error.isNotFound { return .missing }
            throw error
        }
        var versions: [RegisteredSchema] = []
        for number in schema.compatibility.level.isTransitive ? numbers : Array(numbers.suffix(1)) {
            versions.append(try await client.version(.number(number), of: subject))
        }
        // Servers that reformat schemas may not find their own text.
        if let same = versions.last, same.schema?.hasSameContent(as: own) == true {
            return .registered(version: same.version, id: same.id)
        }
        return .changed(try await change(from: versions, to: own, subject: subject, schema))
    }

    private func change(
        from versions: [RegisteredSchema], to own: RegistrySchema, subject: String, _ schema: CompiledRegistry.Schema
    ) async throws(SchemaRegistryError) -> RegistryPlan.Change {
        let declaration = contract.messages.first { $0.name == schema.message.value }?.declaration
        let comparison = SubjectComparison(
            message: schema.message.value, compatibility: schema.compatibility,
            keepsUnknownMembers: declaration?.keepsUnknownMembers ?? false,
            assertsFormats: contract.contract.assertsFormats, accepted: contract.contract.acceptedChanges)
        var diagnostics = Diagnostics()
        let report = comparison.report(
            versions.map { version in
                SubjectComparison.Version(
                    label: "\(subject) version \(version.version ?? 0)", text: version.schema?.text ?? "")
            }, new: own.text, today: .today, diagnostics: &diagnostics)
        let problem = diagnostics.sorted.first { $0.severity == .error }
        return RegistryPlan.Change(
            comparedWith: versions.compactMap(\.version), report: report,
            unreadable: problem.map { "\($0.location): \($0.message)" },
            registry: try await client.verdict(on: own, subject: subject))
    }
}
