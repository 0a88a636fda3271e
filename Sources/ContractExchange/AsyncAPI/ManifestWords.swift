import ContractModel
import JSONTape

/// The parts of a manifest that AsyncAPI has no place for, as the manifest has them.
struct ManifestWords {
    private let root: JSONObject

    /// The parts that a document does not carry at all.
    static let omitted = ["metrics", "alerts", "baseline", "accepted_changes"]
    /// The parts that a document has places for.
    private static let contractKeys: Set<String> = [
        "version", "description", "topics", "topic_defaults", "messages",
    ]
    private static let topicKeys: Set<String> = [
        "purpose", "partitions", "replication", "retention", "cleanup", "compression", "config", "producers",
        "consumers",
    ]
    private static let messageKeys: Set<String> = ["description", "schema", "topic"]

    init(_ contract: Contract) {
        // The errors of the manifest have been reported.
        var ignored = Diagnostics()
        let node = YAMLReader.read(
            contract.manifestText.bytes, file: contract.manifestPath, diagnostics: &ignored)
        if case .object(let object)? = node?.jsonValue { root = object } else { root = JSONObject() }
    }

    var contract: JSONObject? {
        guard var words = Self.rest(of: .object(root), without: Self.contractKeys.union(Self.omitted)) else {
            return nil
        }
        let left = Self.omitted.filter { root[$0] != nil }
        if !left.isEmpty { words[Self.omittedKey] = .array(left.map(JSONValue.string)) }
        return words
    }

    /// Has the schema files that payloads do not give back.
    static let filesKey = "schema_files"
    /// The reference to a message's schema, whose payload is the file.
    static let schemaKey = "schema"
    /// The `$schema` of that file, where it has one.
    static let dialectKey = "$schema"
    /// The reference to a message's schema in the files that the document has.
    static let fileKey = "schema_file"

    /// Names the parts that the document leaves out.
    static let omittedKey = "omitted"

    func topic(_ key: String) -> JSONObject? {
        Self.rest(of: JSONValue.object(root).value(at: ["topics", key]), without: Self.topicKeys)
    }

    func message(_ name: String) -> JSONObject? {
        Self.rest(of: JSONValue.object(root).value(at: ["messages", name]), without: Self.messageKeys)
    }

    private static func rest(of value: JSONValue?, without keys: Set<String>) -> JSONObject? {
        guard case .object(let object)? = value else { return nil }
        let rest = JSONObject(object.filter { !keys.contains($0.key) }.map { ($0.key, $0.value) })
        return rest.isEmpty ? nil : rest
    }
}
