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

    var contract: JSONValue? {
        guard var words = Self.rest(of: .object(root), without: Self.contractKeys.union(Self.omitted))?.object else {
            return nil
        }
        let left = Self.omitted.filter { root[$0] != nil }
        if !left.isEmpty { words[Self.omittedKey] = .array(left.map(JSONValue.string)) }
        return .object(words)
    }

    /// Names the parts that the document leaves out.
    static let omittedKey = "omitted"

    func topic(_ key: String) -> JSONValue? {
        Self.rest(of: JSONValue.object(root).value(at: ["topics", key]), without: Self.topicKeys)
    }

    func message(_ name: String) -> JSONValue? {
        Self.rest(of: JSONValue.object(root).value(at: ["messages", name]), without: Self.messageKeys)
    }

    private static func rest(of value: JSONValue?, without keys: Set<String>) -> JSONValue? {
        guard case .object(let object)? = value else { return nil }
        let rest = JSONObject(object.filter { !keys.contains($0.key) }.map { ($0.key, $0.value) })
        return rest.isEmpty ? nil : .object(rest)
    }
}
