import ContractModel
import Foundation
import Testing

/// What is large takes time in step with its size, and what is deep no more of the stack than there is.
@Suite(.timeLimit(.minutes(20))) struct BigContractTests {
    /// `$defs` that each lead to the next, by a schema with `NEXT` where the reference stands.
    private func chain(_ count: Int, _ link: String) -> String {
        let links = (0..<count).map { index in
            "\"d\(index)\": " + link.replacing("NEXT", with: "{\"$ref\": \"#/definitions/d\(index + 1)\"}")
        }
        return "{" + (links + ["\"d\(count)\": {\"type\": \"string\"}"]).joined(separator: ",\n") + "}"
    }

    @Test(
        "references pass through many definitions, and too long chains are an error",
        arguments: [
            ("NEXT", 100, true), ("NEXT", 4_000, false),
            (#"{"type": "object", "properties": {"a": NEXT}}"#, 50, true),
            (#"{"type": "object", "properties": {"a": NEXT}}"#, 1_000, false),
            (#"{"type": "object", "properties": {"a": NEXT, "b": NEXT}}"#, 1_000, false),
            (#"{"type": "array", "items": NEXT}"#, 1_000, false),
            (#"{"type": "object", "additionalProperties": NEXT}"#, 1_000, false),
        ], [true, false])
    func chains(_ link: (schema: String, count: Int, isSound: Bool), isReferredTo: Bool) async throws {
        var shop = ShopContract()
        shop.definitions = chain(link.count, link.schema)
        if isReferredTo { shop.member = ##""note": {"$ref": "#/definitions/d0"}"## }
        let contract = shop
        let findings = try await Self.onSmallStack { try contract.check() }
        // A definition that nothing refers to is not part of the contract.
        let rules = findings.map(\.rule).filter { $0 != .unusedDefinition }
        #expect(rules == (link.isSound || !isReferredTo ? [] : [.nestingDepth]))
    }

    /// The bytes of the stack on which a chain is checked: a call in a call for each link would need more.
    private static let smallStack = 1 << 21

    /// Does work on a thread with a small stack, where a recursion overflows that follows a chain to its end.
    private static func onSmallStack<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try work() }) }
            thread.stackSize = smallStack
            thread.start()
        }
    }

    @Test(
        "shared types with very many pointers do not slow down hints",
        arguments: [20, 60])
    func sharedTypes(depth: Int) throws {
        var shop = ShopContract()
        shop.definitions = chain(depth, #"{"type": "object", "properties": {"a": NEXT, "b": NEXT}}"#)
        shop.member = ##""note": {"$ref": "#/definitions/d0"}"##
        shop.change("key: /payload/order_id", to: "key: /payload/order_ids\n    headers: {h: \"{payload.codes}\"}")
        #expect(
            try shop.check().map(\.hint) == ["did you mean '/payload/order_id'?", "did you mean '{payload.code}'?"])
    }

    @Test(
        "long chains of envelope patterns are checked in reasonable time",
        arguments: [
            ("x{payload.pNEXT}", 12, true), ("x{payload.pNEXT}", 3_000, false),
            ("{payload.pNEXT}-{payload.pNEXT}", 40, false),
        ])
    func patterns(_ pattern: String, count: Int, isSound: Bool) throws {
        var shop = ShopContract()
        shop.member = (0...count).map { "\"p\($0)\": {\"type\": \"string\", \"default\": \"\"}" }.joined(
            separator: ", ")
        let rules = (0..<count).map { ", /payload/p\($0): \"\(pattern.replacing("NEXT", with: "\($0 + 1)"))\"" }
        shop.change("envelope: {/id: \"{id}\"", to: "envelope: {/id: \"{id}\"" + rules.joined())
        let findings = try shop.check()
        #expect(findings.map(\.rule) == (isSound ? [] : [.placeholder]), "\(findings.map(\.message).prefix(3))")
    }

    @Test("an enum, a discriminator and a list of required members may have many thousand values")
    func manyValues() throws {
        var shop = ShopContract()
        let names = (0..<20_000).map { "p\($0)" }
        shop.member =
            #""note": {"type": "string", "enum": ["# + names.map { "\"\($0)\"" }.joined(separator: ",")
            + "]},\n" + #""all": {"type": "object", "properties": {"#
            + names.map { "\"\($0)\": {\"type\": \"string\"}" }.joined(separator: ",") + #"}, "required": ["#
            + names.map { "\"\($0)\"" }.joined(separator: ",") + "]}"
        shop.events += (0..<5_000).map { "order.e\($0)" }
        shop.manifest += (0..<5_000).map { "      order.e\($0): {fixed: {/payload/status: placed}}\n" }.joined()
        #expect(try shop.findings() == [])
    }

    @Test("many unknown names among many known ones")
    func manyUnknownNames() throws {
        var shop = ShopContract()
        let topics = (0..<1_000).map { "  t\($0): {partitions: 1, replication: 1, producers: [unknown-\($0)]}\n" }
        let services = (0..<1_000).map { "  service-\($0):\n" }
        shop.change("topics:\n", to: "services:\n" + services.joined() + "topics:\n" + topics.joined())
        #expect(try shop.check().count { $0.rule == .unknownService } == 1_000)
    }

    @Test("a cycle of many placeholders is reported once")
    func longCircle() throws {
        var shop = ShopContract()
        let count = 2_000
        shop.member = (0..<count).map { "\"p\($0)\": {\"type\": \"string\"}" }.joined(separator: ",\n")
        let rules = (0..<count).map { "/payload/p\($0): \"{payload.p\(($0 + 1) % count)}\"" }
        shop.change("{/id: \"{id}\"}", to: "{" + rules.joined(separator: ", ") + "}")
        #expect(try shop.check().map(\.message) == ["'/payload/p0' is filled from itself"])
    }
}
