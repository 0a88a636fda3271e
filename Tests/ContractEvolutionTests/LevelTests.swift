import ContractEvolution
import ContractModel
import Testing

/// The levels by which changes of messages are errors.
@Suite
struct LevelTests {
    /// A contract of one message with some properties.
    private func contract(
        _ compatibility: String, _ properties: String, _ label: String, version number: String = "1.0.0",
        partitions: Int = 1
    ) throws -> ContractVersion {
        let manifest = """
            contract: Shop
            version: \(number)
            service: shop
            topics: {orders: {partitions: \(partitions), replication: 1}}
            messages: {Order: {schema: order.schema.json, topic: orders, compatibility: \(compatibility)}}
            """
        let schema = #"{"type": "object", "properties": {\#(properties)}}"#
        return try version(["topics.yaml": Array(manifest.utf8), "order.schema.json": Array(schema.utf8)], label)
    }

    private func breaks(_ level: String, _ old: [String], _ new: String) throws -> Bool {
        let versions = try old.enumerated().map { try contract(level, $0.element, "v\($0.offset)") }
        return ContractComparison.report(old: versions, new: try contract(level, new, "new")).isBreaking
    }

    private static let text = #""a": {"type": "string"}"#
    private static let short = #""a": {"type": "string", "maxLength": 3}"#

    @Test(arguments: [
        ("BACKWARD", true, false), ("FORWARD", false, true), ("FULL", true, true), ("NONE", false, false),
        ("BACKWARD_TRANSITIVE", true, false), ("FORWARD_TRANSITIVE", false, true), ("FULL_TRANSITIVE", true, true),
    ])
    func decideWhichDirectionCounts(level: String, narrowingBreaks: Bool, wideningBreaks: Bool) throws {
        #expect(try breaks(level, [Self.text], Self.short) == narrowingBreaks)
        #expect(try breaks(level, [Self.short], Self.text) == wideningBreaks)
    }

    @Test
    func schemasAreReadAsTheManifestStates() throws {
        // The schema is a part of a file, and its draft is that of a meta-schema of others: 4, in which 'const' is unknown.
        func contract(_ property: String, _ label: String) throws -> ContractVersion {
            let manifest = """
                contract: Shop
                version: 1.0.0
                service: shop
                schemas: {dialects: {"urn:meta": draft-04}}
                topics: {orders: {partitions: 1, replication: 1}}
                messages: {Order: {schema: "all.schema.json#/definitions/Order", topic: orders}}
                """
            let schema = #"""
                {"$schema": "urn:meta",
                 "definitions": {"Order": {"type": "object", "properties": {"a": \#(property)}}}}
                """#
            return try version(["topics.yaml": Array(manifest.utf8), "all.schema.json": Array(schema.utf8)], label)
        }
        func isBreaking(_ old: String, _ new: String) throws -> Bool {
            ContractComparison.report(old: [try contract(old, "old")], new: try contract(new, "new")).isBreaking
        }
        #expect(try isBreaking(#"{"type": "string"}"#, #"{"type": "string", "maxLength": 3}"#))
        #expect(try !isBreaking(#"{"minimum": 1}"#, #"{"minimum": 1, "const": 1}"#))
    }

    @Test
    func transitiveLevelsCountForAllVersions() throws {
        let versions = [Self.text, Self.short]
        #expect(try breaks("BACKWARD_TRANSITIVE", versions, Self.short))
        #expect(try !breaks("BACKWARD", versions, Self.short))
    }

    @Test
    func anOptionalPropertyMayBeAddedWhereNobodyWritesOthers() throws {
        let new = Self.text + #", "b": {"type": "string"}"#
        for (level, isBreaking) in [("FULL", false), ("{level: FULL, messages: any}", true)] {
            let report = ContractComparison.report(
                old: [try contract(level, Self.text, "old")], new: try contract(level, new, "new"))
            #expect(report.isBreaking == isBreaking, "\(level)")
            let text = report.text
            #expect(text.contains(#"{"b":null}"#), "\(level)")
        }
    }

    @Test
    func aNewMajorVersionMayBreakOperations() throws {
        let old = try contract("FULL", Self.text, "old", version: "1.2.0", partitions: 3)
        let minor = try contract("FULL", Self.text, "new", version: "1.3.0", partitions: 6)
        #expect(ContractComparison.report(old: [old], new: minor).isBreaking)
        let major = try contract("FULL", Self.text, "new", version: "2.0.0", partitions: 6)
        let report = ContractComparison.report(old: [old], new: major)
        #expect(!report.isBreaking && report.changes.map(\.severity) == [.warning])
    }
}
