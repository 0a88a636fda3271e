import ContractModel
import JSONTape
import SchemaCompiler

/// Checks the keys of records against the partitions and the compaction of their topics.
enum KeyChecks {
    static func check(_ contract: CompiledContract, _ proofs: inout SchemaProofs, diagnostics: inout Diagnostics) {
        for message in contract.messages {
            checkCompaction(message, diagnostics: &diagnostics)
            checkDistribution(message, contract.contract.services.count, &proofs, diagnostics: &diagnostics)
        }
    }

    private static func checkCompaction(_ message: CompiledMessage, diagnostics: inout Diagnostics) {
        let declaration = message.declaration
        guard message.topic.isCompacted else { return }
        guard let key = declaration.recordKey else {
            diagnostics.error(
                .compactedWithoutKey, at: declaration.topic.location,
                "the topic '\(declaration.topic.value)' is compacted, and \(message.name) has no key: "
                    + "the broker refuses its records",
                hint: "add 'key:' with the property whose last record is kept")
            return
        }
        let filling = message.envelope.first { $0.property.pointer == key.value }
        guard let filling, filling.pattern.isUnique(among: message.envelope) else { return }
        diagnostics.warning(
            .compactedUniqueKey, at: key.location,
            "each record of \(message.name) has a different key, so that nothing of the compacted topic "
                + "'\(declaration.topic.value)' is removed",
            hint: "name the property whose last record is kept, such as the id of what the message is about")
    }

    /// Reports keys with fewer values than the topic has partitions.
    private static func checkDistribution(
        _ message: CompiledMessage, _ services: Int, _ proofs: inout SchemaProofs, diagnostics: inout Diagnostics
    ) {
        let partitions = message.topic.declaration.partitions.value
        guard let key = message.recordKey, let place = message.declaration.recordKey?.location,
            let count = numberOfValues(of: key, message, services, &proofs, atMost: partitions), count < partitions
        else { return }
        let isDiscriminator = message.declaration.discriminator?.value == key.pointer
        diagnostics.warning(
            .fewKeys, at: place,
            "the record key '\(key.pointer)' \(isDiscriminator ? "is the discriminator, which " : "")has "
                + "\(count == 1 ? "one value" : "\(count) values"): at most \(count) of "
                + "\(partitions) partitions are used",
            hint: "name the property that identifies what the message is about, or no key")
    }

    /// Returns the number of values of a key; `nil` if it is unknown, or larger than a limit.
    private static func numberOfValues(
        of key: PropertyPath, _ message: CompiledMessage, _ services: Int, _ proofs: inout SchemaProofs,
        atMost limit: Int
    ) -> Int? {
        if let filling = message.envelope.first(where: { $0.property.pointer == key.pointer }) {
            return numberOfTexts(of: filling.pattern, message, services)
        }
        let property = key.properties.last
        switch key.type {
        case .enumeration(let path): return message.resolver.enumeration(path)?.cases.count
        case .integer, .unsignedInteger:
            guard let least = property?.least, let most = property?.most, most >= least, most - least < Double(limit)
            else { return nil }
            return Int(most.rounded(.down) - least.rounded(.up)) + 1
        default:
            guard let schema = property?.schema, ValueFacts(proofs.model, schema).mayHaveFewValues else { return nil }
            return proofs.numberOfValues(of: schema, atMost: min(limit, mostCounted))
        }
    }

    /// The values that are counted at most, one proof for each.
    private static let mostCounted = 64

    /// Returns the number of texts of a key that the producer fills with constants, events and its own name.
    private static func numberOfTexts(
        of pattern: MessagePattern, _ message: CompiledMessage, _ services: Int
    ) -> Int? {
        // A part that comes twice has the same text both times.
        var (ofEvents, ofServices) = (1, 1)
        for part in pattern.parts {
            switch part {
            case .text: break
            case .event: ofEvents = message.events.count
            case .service:
                // Without declared services, their number is unknown.
                guard services > 0 else { return nil }
                ofServices = services
            case .now, .nowMilliseconds, .id, .property: return nil
            }
        }
        return ofEvents * ofServices
    }
}
