import ContractModel
import ContractPipeline
import Foundation
import Testing

/// Markers of encrypted values that a producer could not set in every message, and uses of them.
@Suite("The marker of encrypted values") struct EncryptionMarkerTests {
    /// Returns the errors of a contract whose messages have the marker `/encrypted`.
    ///
    /// - Parameters:
    ///   - marker: The marker's schema.
    ///   - schema: Further members of the message's schema, in line 3.
    ///   - lines: Further lines of the message.
    ///   - metric: A metric family.
    private func findings(
        marker: String = #"{"type": "boolean"}"#, schema: String = "", lines: String = "", metric: String = ""
    ) throws -> [Diagnostic] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "contract-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = """
            {"type": "object", "properties": {"id": {"type": "string"}, "email": {"type": "string", "x-sensitive": "pii"},
              "kind": {"type": "string"}, "encrypted": \(marker)
              }\(schema.isEmpty ? "" : ", " + schema)
            }
            """
        let manifest = """
            contract: Shop
            version: 1.0.0
            service: shop
            topics: {notes: {partitions: 1, replication: 1}}
            encryption:
              pii: {key: k}
              marker: /encrypted
            messages:
              NoteMessage:
                schema: note.schema.json
                topic: notes
                \(lines.isEmpty ? "description: Notes" : lines)
            \(metric.isEmpty ? "" : "metrics: {families: {shop_notes_total: \(metric)}}")
            """
        try Data(manifest.utf8).write(to: folder.appending(path: "topics.yaml"))
        try Data(text.utf8).write(to: folder.appending(path: "note.schema.json"))
        var diagnostics = Diagnostics()
        _ = CheckedContract(at: folder.path, diagnostics: &diagnostics)
        return diagnostics.sorted.filter { $0.severity == .error }
    }

    @Test(
        "a marker that some messages can't have, or not with both values, is an error",
        arguments: [
            (#"{"const": false}"#, "", "note.schema.json:2"), (#"{"const": true}"#, "", "note.schema.json:2"),
            (#"{"type": "boolean", "enum": [false]}"#, "", "note.schema.json:2"),
            (#"{"type": "boolean", "not": {"const": true}}"#, "", "can't be true"),
            (#"{"type": "boolean", "not": {"enum": [0, false]}}"#, "", "can't be false"),
            (#"{"type": "boolean", "if": {"const": true}, "then": false}"#, "", "can't be true"),
            (#"{"type": "string"}"#, "", "a marker is a boolean"),
            (#"{"type": ["boolean", "null"]}"#, "", "a marker is a boolean"),
            (#"{"type": "boolean"}"#, #""patternProperties": {"^enc": {"const": false}}"#, "can't be true"),
            (
                #"{"type": "boolean"}"#,
                #""if": {"required": ["kind"]}, "then": {"properties": {"encrypted": {"const": false}}}"#,
                "can't be true"
            ),
            (#"{"type": "boolean"}"#, #""propertyNames": {"maxLength": 5}"#, "does not accept"),
            (#"{"type": "boolean"}"#, #""maxProperties": 1"#, "may be a member more"),
            (#"{"type": "boolean"}"#, #""additionalProperties": false, "maxProperties": 3"#, "may be a member more"),
            (#"{"type": "boolean"}"#, #""dependentRequired": {"encrypted": ["kind"]}"#, "may be absent"),
            (#"{"type": "boolean"}"#, #""dependentSchemas": {"encrypted": {"required": ["kind"]}}"#, "may be absent"),
            (#"{"type": "boolean"}"#, #""not": {"required": ["encrypted"]}"#, "may be absent"),
            (
                #"{"type": "boolean"}"#, #""anyOf": [{"required": ["encrypted"]}, {"required": ["kind"]}]"#,
                "may be absent"
            ),
        ])
    func refused(marker: String, schema: String, text: String) throws {
        let found = try findings(marker: marker, schema: schema)
        #expect(found.map(\.rule) == [.encryption], "\(found.map(\.message))")
        for finding in found {
            #expect("\(finding.message) \(finding.hint ?? "")".contains(text), "\(finding.message)")
            #expect(finding.location.file.hasSuffix("topics.yaml") && finding.location.line == 7)
        }
    }

    @Test(
        "a marker that every message can have is right",
        arguments: [
            "", #""required": ["encrypted"], "maxProperties": 2"#,
            #""additionalProperties": false, "maxProperties": 4"#,
            #""allOf": [{"required": ["encrypted"]}], "dependentRequired": {"encrypted": ["id"]}"#,
            #""additionalProperties": false"#, #""unevaluatedProperties": false"#,
            #""propertyNames": {"pattern": "^[a-z]+$"}"#, #""patternProperties": {"^enc": {"type": "boolean"}}"#,
            #""minProperties": 1"#, #""maxProperties": 3, "required": ["encrypted", "id"]"#,
        ])
    func accepted(schema: String) throws {
        #expect(try findings(schema: schema).map(\.message) == [])
    }

    @Test(
        "a text or a metric with the marker is an error: it is made before the marker is set",
        arguments: [
            "headers: {is-encrypted: '{encrypted}'}", "headers: {kind: 'note-{encrypted}'}",
            "envelope: {/id: '{encrypted}-{id}'}",
        ])
    func uses(lines: String) throws {
        let found = try findings(schema: #""required": ["encrypted", "id"]"#, lines: lines)
        #expect(found.map(\.rule) == [.encryption], "\(found.map(\.message))")
        #expect(found.allSatisfy { $0.location.line == 12 && $0.message.contains("false until values are encrypted") })
    }

    @Test("a metric with the marker is an error")
    func metric() throws {
        let found = try findings(
            schema: #""required": ["encrypted"]"#,
            metric: "{type: counter, help: Notes, from: NoteMessage, labels: {encrypted: /encrypted}}")
        #expect(found.map(\.rule) == [.encryption], "\(found.map(\.message))")
        #expect(found.allSatisfy { $0.location.line == 13 })
    }

    @Test("an event that requires a marker, which the plain message may be without, is an error")
    func requiredByEvent() throws {
        let lines = "events: {note.made: {requires: [/encrypted]}}"
        #expect(try findings(lines: lines).map(\.rule) == [.encryption])
        #expect(try findings(schema: #""required": ["encrypted"]"#, lines: lines).map(\.message) == [])
    }
}
