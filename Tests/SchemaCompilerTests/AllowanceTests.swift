import ContractModel
import ContractPipeline
import Foundation
import JSONTape
import Testing

/// `allow` in the manifest, and `x-allow` in schemas.
@Suite struct AllowanceTests {
    static let schema = """
        {
          "type": "object",
          "properties": {
            "id": {"type": "string", "formt": "uuid"},
            "state": {"type": "string", "format": "stat"},
            "kind": {"type": "string", "format": "kind"}
          },
          "required": ["id"]
        }
        """

    static let manifest = """
        contract: Shop
        version: 1.0.0
        service: shop
        topics:
          orders: {partitions: 1, replication: 1}
        messages:
          Order: {schema: order.schema.json, topic: orders}

        """

    private static let day = CalendarDate(year: 2026, month: 11, day: 30)

    static func findings(
        _ manifest: String = manifest, schema: String = schema, today: CalendarDate? = day, isStrict: Bool = false
    ) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "allow-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(manifest.utf8).write(to: folder.appending(path: "topics.yaml"))
        try Data(schema.utf8).write(to: folder.appending(path: "order.schema.json"))
        var diagnostics = Diagnostics(today: today)
        let checked = CheckedContract(at: folder.path, isStrict: isStrict, diagnostics: &diagnostics)
        #expect((checked == nil) == diagnostics.hasErrors)
        return diagnostics.sorted.map { "\($0.location.line): \($0.severity): \($0.message) [\($0.rule.rawValue)]" }
    }

    @Test("a rule is turned off for a property, a schema, a message and a contract, and nowhere else")
    func scopes() throws {
        let schema = Self.schema.replacing("\"formt\": \"uuid\"", with: "\"minLength\": 1")
        let all = try Self.findings(schema: schema)
        #expect(all.count == 2 && all.allSatisfy { $0.hasSuffix("[schema-format]") })
        let property = schema.replacing(
            "\"format\": \"stat\"", with: "\"format\": \"stat\", \"x-allow\": \"schema-format\"")
        #expect(try Self.findings(schema: property) == [all[1]])
        let root = schema.replacing(
            "  \"type\": \"object\",", with: "  \"type\": \"object\", \"x-allow\": [\"schema-format\"],")
        #expect(try Self.findings(schema: root) == [])
        let message = Self.manifest.replacing("topic: orders}", with: "topic: orders, allow: schema-format}")
        #expect(try Self.findings(message, schema: schema) == [])
        #expect(try Self.findings(Self.manifest + "allow: [schema-format]\n", schema: schema) == [])
        // A topic has no part of the schema.
        let topic = Self.manifest.replacing("replication: 1}", with: "replication: 1, allow: [schema-format]}")
        #expect(
            try Self.findings(topic, schema: schema)
                == all + ["5: warning: the topic 'orders' does not break the rule 'schema-format' [unused-allow]"])
    }

    @Test("an entry ends after its last day, which is in UTC, and is then reported")
    func expiry() throws {
        let entry = "allow: [{rule: schema-format, because: a test, expires: 2026-11-29}]\n"
        let schema = Self.schema.replacing("\"formt\": \"uuid\"", with: "\"minLength\": 1")
        let found = try Self.findings(Self.manifest + entry, schema: schema)
        #expect(found.count == 3)
        #expect(
            found.last
                == "8: warning: the contract was allowed to break 'schema-format' until 2026-11-29 [expired-allow]")
        #expect(try Self.findings(Self.manifest + entry, schema: schema, today: nil) == [])
        let lastDay = entry.replacing("11-29", with: "11-30")
        #expect(try Self.findings(Self.manifest + lastDay, schema: schema) == [])
    }

    @Test("with errors, no entry is reported as unused: some checks have not run")
    func withErrors() throws {
        let broken = Self.manifest.replacing("topic: orders}", with: "topic: order, allow: schema-format}")
        let found = try Self.findings(broken, schema: #"{"type": "object"}"#)
        #expect(found.count == 1 && found[0].hasSuffix("[unknown-topic]"))
    }

    @Test(
        "entries that are wrong are errors at their places",
        arguments: [
            ("unknown-rule", "8: error: unknown rule 'unknown-rule' [invalid-value]"),
            ("[unused-schema, unused-schema]", "8: error: duplicate rule 'unused-schema' in 'allow' [invalid-value]"),
            ("invalid-yaml", "8: error: the rule 'invalid-yaml' can't be allowed [invalid-value]"),
            ("7", "8: error: 'allow' must be a rule or a list of rules, found a number [wrong-type]"),
            ("{because: x}", "8: error: an entry of 'allow' has no 'rule' [missing-key]"),
            (
                "{rule: unused-schema, expires: soon}",
                "8: error: 'expires' must be a date, found 'soon' [invalid-value]"
            ),
        ])
    func wrongEntries(entry: String, expected: String) throws {
        let found = try Self.findings(Self.manifest + "allow: \(entry)\n", schema: #"{"type": "object"}"#)
        #expect(found == [expected])
    }

    @Test("a property named 'x-allow' and the values of keywords are not entries")
    func notEntries() throws {
        let schema = """
            {"type": "object", "properties": {"x-allow": {"type": "string"}}, "default": {"x-allow": "nothing"},
             "examples": [{"x-allow": "nothing"}]}
            """
        #expect(try Self.findings(schema: schema) == [])
    }

    @Test("strict makes errors of all warnings")
    func strict() throws {
        let schema = Self.schema.replacing("\"formt\": \"uuid\"", with: "\"minLength\": 1")
        for findings in [
            try Self.findings(schema: schema, isStrict: true),
            try Self.findings(Self.manifest + "strict: true\n", schema: schema),
        ] {
            #expect(findings.count == 2 && findings.allSatisfy { $0.contains(": error: ") })
        }
        let allowed = Self.manifest + "strict: true\nallow: schema-format\n"
        #expect(try Self.findings(allowed, schema: schema) == [])
    }
}
