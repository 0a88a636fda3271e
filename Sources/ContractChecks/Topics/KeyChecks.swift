import ContractModel
import JSONTape
import SchemaCompiler

/// Checks the keys of records against the partitions and the compaction of their topics.
enum KeyChecks {
    static func check(_ contract: CompiledContract, diagnostics: inout Diagnostics) {
        for message in contract.messages {
            checkCompaction(message, diagnostics: &diagnostics)
            checkDistribution(message, diagnostics: &diagnostics)
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
        guard let filling, filling.pattern.isUnique else { return }
        diagnostics.warning(
            .compactedUniqueKey, at: key.location,
            "each record of \(message.name) has a different key, so that nothing of the compacted topic "
                + "'\(declaration.topic.value)' is removed",
            hint: "name the property whose last record is kept, such as the id of what the message is about")
    }

    /// Reports keys with fewer values than the topic has partitions.
    private static func checkDistribution(_ message: CompiledMessage, diagnostics: inout Diagnostics) {
        guard let key = message.recordKey, let place = message.declaration.recordKey?.location,
            case .enumeration(let path) = key.type, let values = message.resolver.enumeration(path)?.cases
        else { return }
        let partitions = message.topic.declaration.partitions.value
        guard values.count < partitions else { return }
        let isDiscriminator = message.discriminator?.pointer == key.pointer
        diagnostics.warning(
            .fewKeys, at: place,
            "the record key '\(key.pointer)' \(isDiscriminator ? "is the discriminator, which " : "")has "
                + "\(values.count == 1 ? "one value" : "\(values.count) values"): at most \(values.count) of "
                + "\(partitions) partitions are used",
            hint: "name the property that identifies what the message is about, or no key")
    }
}
