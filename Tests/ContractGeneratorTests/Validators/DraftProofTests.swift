import ContractGenerator
import Foundation
import Testing

/// For which events the generator proves that a draft needs no validation.
@Suite struct DraftProofTests {
    @Test("an event is proven valid where its factory can't break a limit of the schema")
    func proofs() throws {
        // A note is at most 3 characters long, which no Swift type keeps: the event that forbids notes is safe.
        let fixture = Contracts.root.appending(path: "Tests/Fixtures/Contracts/Events").path
        let files = try Contracts.generate(try Contracts.compile(fixture))
        let events = try #require(files.first { $0.name == "ticket.schema.swift" }).contents
        let proofs = events.matches(of: /static func (\w+)\([^{]*-> Draft[\s\S]*?isProvenValid: (\w+)/)
            .map { "\($0.output.1) \($0.output.2)" }
        #expect(proofs == ["opened false", "closed true", "topicChanged false"])
    }

    @Test("a UUID and a calendar date always have their formats, a URL and a string do not")
    func formats() throws {
        let schema = """
            {"type": "object", "required": ["kind", "value"], "properties": {
              "kind": {"type": "string", "enum": ["made"]}, "value": {"type": "string", "format": "%"}}}
            """
        let manifest = """
            contract: Shop
            version: 1.0.0
            service: shop
            schemas: {swift_types: [%]}
            topics: {orders: {partitions: 1, replication: 1}}
            messages: {Order: {schema: order.schema.json, topic: orders, discriminator: /kind, events: {made: }}}
            """
        func isProven(_ format: String, typed: String) throws -> Bool {
            let files = try Contracts.inFolder([
                "topics.yaml": manifest.replacing("%", with: typed),
                "order.schema.json": schema.replacing("%", with: format),
            ]) { try Contracts.generate(try Contracts.compile($0)) }
            let code = files.map(\.contents).joined()
            #expect(code.contains("isValidByConstruction = true") == code.contains("isProvenValid: true"))
            return code.contains("isProvenValid: true")
        }
        #expect(
            try isProven("uuid", typed: "uuid") && isProven("date", typed: "date") && isProven("date-time", typed: ""))
        #expect(try !isProven("uri", typed: "uri") && !isProven("uuid", typed: "") && !isProven("date", typed: "uuid"))
    }

    @Test("an unnamed member may have the name of a property, so that no type with both is proven valid")
    func unnamedMembers() throws {
        let manifest = """
            contract: Shop
            version: 1.0.0
            service: shop
            unknown_members: %
            topics: {orders: {partitions: 1, replication: 1}}
            messages: {Order: {schema: order.schema.json, topic: orders, discriminator: /kind, events: {made: }}}
            """
        func isProven(_ value: String, unknownMembers: String = "drop") throws -> Bool {
            let schema = """
                {"type": "object", "required": ["kind", "value"], "additionalProperties": false, "properties": {
                  "kind": {"type": "string", "enum": ["made"]}, "value": \(value)}}
                """
            let files = try Contracts.inFolder([
                "topics.yaml": manifest.replacing("%", with: unknownMembers), "order.schema.json": schema,
            ]) { try Contracts.generate(try Contracts.compile($0)) }
            return files.contains { $0.contents.contains("isProvenValid: true") }
        }
        let named = #"{"type": "object", "properties": {"k": {"type": "integer"}}"#
        #expect(try isProven(named + "}"))
        #expect(try isProven(#"{"type": "object", "additionalProperties": {"type": "string"}}"#))
        #expect(try !isProven(named + #", "additionalProperties": {"type": "string"}}"#))
        #expect(try !isProven(named + "}", unknownMembers: "keep"))
    }

    @Test("an open enum is a limit, a closed one is not")
    func enums() throws {
        let files = try Contracts.generate(try Contracts.tda())
        let proofs = files.filter { $0.name.hasSuffix(".schema.swift") }.map { file in
            (file.name, Set(file.contents.matches(of: /isProvenValid: (\w+)/).map(\.output.1)))
        }
        #expect(
            Dictionary(uniqueKeysWithValues: proofs) == [
                "event.schema.swift": ["true"], "job.schema.swift": ["true"], "monitoring.schema.swift": ["false"],
                "result.schema.swift": ["true"],
            ])
    }
}
