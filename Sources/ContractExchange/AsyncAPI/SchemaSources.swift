import ContractModel
import JSONSchema
import JSONTape
import MonitoringGenerator
import SchemaCompiler

/// The schema files of messages in an AsyncAPI document, so that `import` gives them back.
///
/// A payload that is its file word for word is enough. Beside any other, such as one of several files or with encrypted
/// values, the document has the files themselves: as strings, because readers of AsyncAPI resolve every `$ref` of a
/// document.
struct SchemaSources {
    private let files: [String: JSONValue]
    private let schemas: MessageSchemas
    private let carriesFiles: Bool

    /// - Parameter carriesFiles: Whether the document may have files beside its payloads.
    init(_ contract: Contract, _ schemas: MessageSchemas, carriesFiles: Bool) {
        files = Dictionary(
            contract.schemas.map { ($0.name, $0.root.jsonValue) }, uniquingKeysWith: { first, _ in first })
        (self.schemas, self.carriesFiles) = (schemas, carriesFiles)
    }

    /// Returns the members of a message that lead to its file.
    func words(of message: CompiledMessage) -> JSONObject {
        let reference = message.declaration.schema.value
        if let file = faithfulFile(of: message) {
            var words: JSONObject = [ManifestWords.schemaKey: .string(reference)]
            words[ManifestWords.dialectKey] = file.object?["$schema"]
            return words
        }
        return names(of: message).isEmpty ? JSONObject() : [ManifestWords.fileKey: .string(reference)]
    }

    /// Returns the files of messages whose payloads are not enough; `nil` where there are none.
    func files(of messages: [CompiledMessage]) -> JSONValue? {
        var carried = JSONObject()
        for message in messages where faithfulFile(of: message) == nil {
            for name in names(of: message) { carried[name] = files[name].map { .string(PrettyJSON.text($0)) } }
        }
        return carried.isEmpty ? nil : .object(carried)
    }

    private func faithfulFile(of message: CompiledMessage) -> JSONValue? {
        let name = message.declaration.schema.value
        guard SchemaFileName.isPlain(name), let file = files[name], let entry = schemas[message.name],
            PlainSchema.isFaithful(entry.current, to: file)
        else { return nil }
        return file
    }

    /// Returns the names of a message's files; none where the document can't have them all.
    private func names(of message: CompiledMessage) -> [String] {
        let names = schemas[message.name]?.bundle.files ?? []
        return carriesFiles && names.allSatisfy(SchemaFileName.isPlain) ? names : []
    }
}

/// The names of files that an import may write.
enum SchemaFileName {
    /// Returns whether a name is that of a schema file in the contract's own folder.
    static func isPlain(_ name: String) -> Bool {
        SchemaFile.endings.contains { name.hasSuffix($0) && name.count > $0.count } && !name.hasPrefix(".")
            && name != ContractReader.manifestName
            && name.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "._- ".unicodeScalars.contains(scalar)
            }
    }
}
