import ContractModel
import ContractPipeline
import Foundation
import SchemaCompiler

/// A sound contract for tests, and what comes of one that differs from it.
struct ShopContract {
    var manifest = """
        contract: Shop
        version: 1.0.0
        service: shop-backend
        topics:
          orders: {partitions: 6, replication: 3}
        messages:
          OrderMessage:
            schema: order.schema.json
            topic: orders
            key: /payload/order_id
            discriminator: /type
            envelope: {/id: "{id}"}
            events:
              order.placed: {fixed: {/payload/status: placed}}
              order.shipped: {requires: [/payload/code]}

        """

    /// A member of the payload, which stands on line 7 of the schema.
    var member = #""note": {"type": "string"}"#
    var definitions = "{}"
    /// Before the root's other members.
    var head = ""
    /// Of which the manifest need not know.
    var events = ["order.placed", "order.shipped"]

    /// Further schemas, by their paths.
    var files: [String: String] = [:]
    /// In place of all that, where it is not empty.
    var wholeSchema = ""

    private var schema: String {
        guard wholeSchema.isEmpty else { return wholeSchema }
        return """
            {\(head)
              "type": "object",
              "properties": {
                "id": {"type": "string"},
                "type": {"type": "string", "enum": [\(events.map { "\"\($0)\"" }.joined(separator: ", "))]},
                "payload": {"type": "object", "required": ["order_id"], "properties": {
                  \(member),
                  "order_id": {"type": "string"},
                  "status": {"type": "string", "enum": ["placed", "shipped"]},
                  "code": {"type": "string"}
                }}
              },
              "required": ["id", "type", "payload"],
              "definitions": \(definitions)
            }
            """
    }

    mutating func change(_ old: String, to new: String) {
        precondition(manifest.contains(old), "the manifest has no '\(old)'")
        manifest = manifest.replacing(old, with: new, maxReplacements: 1)
    }

    /// All that is said of the contract, each finding a line: `file:line: text [rule]`.
    func findings() throws -> [String] {
        try check().map { "\($0.location.file):\($0.location.line): \($0.message) [\($0.rule.rawValue)]" }
    }

    /// All that is said of the contract, its files' paths from its folder.
    func check() throws -> [Diagnostic] { try read().diagnostics }

    /// The contract, where it is sound.
    func compiled() throws -> CompiledContract? { try read().checked?.contract }

    private func read() throws -> (checked: CheckedContract?, diagnostics: [Diagnostic]) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "contract-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(manifest.utf8).write(to: folder.appending(path: "topics.yaml"))
        try Data(schema.utf8).write(to: folder.appending(path: "order.schema.json"))
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        var diagnostics = Diagnostics()
        let checked = CheckedContract(at: folder.path, diagnostics: &diagnostics)
        precondition((checked == nil) == diagnostics.hasErrors, "a contract is sound exactly where no error is told")
        let found = diagnostics.sorted.map { diagnostic in
            var diagnostic = diagnostic
            diagnostic.location.file = PathName.split(diagnostic.location.file).name
            return diagnostic
        }
        return (checked, found)
    }
}

extension StructType {
    /// The nested types that are made of objects.
    var structs: [StructType] {
        nested.compactMap { type in if case .structure(let structure) = type { structure } else { nil } }
    }

    /// The nested types that are made of enums of strings.
    var enums: [EnumType] {
        nested.compactMap { type in if case .enumeration(let made) = type { made } else { nil } }
    }
}
