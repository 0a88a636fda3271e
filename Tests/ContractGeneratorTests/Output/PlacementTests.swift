import ContractGenerator
import Foundation
import Testing

/// Generated code compiles wherever it is put: whatever the module's name, its default isolation, the access level, and
/// whatever other contracts a program uses.
@Suite struct PlacementTests {
    /// The generated files of a fixture, with lines put at the end of its manifest and words in it replaced.
    private static func generate(
        _ fixture: String, adding line: String = "", replacing words: [String: String] = [:]
    ) throws -> [String: String] {
        let folder = Contracts.root.appending(path: fixture)
        var contract: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where name == "topics.yaml" || name.hasSuffix(".schema.json") {
            contract[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        var manifest = contract["topics.yaml", default: ""]
        for (word, other) in words { manifest = manifest.replacing(word, with: other) }
        contract["topics.yaml"] = manifest + line
        let files = try Contracts.inFolder(contract) { try Contracts.generate(try Contracts.compile($0)) }
        return Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.contents) })
    }

    private static let fixtures = ["Names", "Odd", "Metrics", "Deep", "Events", "Wide", "Formats"].map {
        "Tests/Fixtures/Contracts/\($0)"
    }
    private static let shop = "Examples/CheckedIn/contract"

    /// Uses of a contract outside of every actor.
    private static let use = """
        import EventContracts
        nonisolated func use(_ producer: Producer) async throws {
            try await producer.send(OrderMessage.placed(orderID: "1", total: 2))
            var order = Shop.OrderMessage.shipped(orderID: "1", trackingCode: "T").stamped(in: producer.context)
            order.payload.status = .cancelled
            _ = try OrderMessage(validating: order.encoded())
            _ = try Shop.read([])
            _ = (Shop.topics, Shop.version, Shop.service, Shop.messages, Shop.Topics.orders, order.recordHeaders)
            _ = (order.messageType == .orderPlaced, OrderMessage.MessageType.allCases)
        }

        """

    @Test("in a module whose default isolation is the main actor", arguments: fixtures + ["schemas", shop])
    func mainActor(fixture: String) throws {
        var sources = try Self.generate(fixture)
        if fixture == Self.shop { sources["use.swift"] = Self.use }
        let outcome = try SwiftCompiler.typecheck(sources, flags: ["-default-isolation", "MainActor"])
        #expect(outcome.isSound, "\(outcome.text.prefix(4000))")
    }

    @Test("at each access level", arguments: fixtures + ["schemas", shop], ["package", "internal"])
    func accessLevels(fixture: String, level: String) throws {
        var sources = try Self.generate(fixture, adding: "\naccess: \(level)\n")
        for (name, text) in sources {
            #expect(!text.contains(#/^\s*(nonisolated )?public /#.anchorsMatchLineEndings()), "\(name)")
        }
        if fixture == Self.shop { sources["use.swift"] = Self.use }
        let outcome = try SwiftCompiler.typecheck(sources)
        #expect(outcome.isSound, "\(outcome.text.prefix(4000))")
    }

    @Test("in a module with the contract's name, used from another module")
    func moduleOfTheSameName() throws {
        try Contracts.inFolder([:]) { modules in
            let made = try SwiftCompiler.emitModule("Shop", try Self.generate(Self.shop), in: modules)
            #expect(made.isSound, "\(made.text.prefix(4000))")
            let used = try SwiftCompiler.typecheck(["use.swift": "import Shop\n" + Self.use], modules: modules)
            #expect(used.isSound, "\(used.text.prefix(4000))")
        }
    }

    @Test("beside another contract that has messages, topics and events of the same names")
    func sameNamesInTwoLibraries() throws {
        try Contracts.inFolder([:]) { modules in
            let shop = try SwiftCompiler.emitModule("Shop", try Self.generate(Self.shop), in: modules)
            #expect(shop.isSound, "\(shop.text.prefix(4000))")
            let files = try Self.generate(Self.shop, replacing: ["contract: Shop": "contract: Market"])
            let market = try SwiftCompiler.emitModule("MarketContracts", files, in: modules)
            #expect(market.isSound, "\(market.text.prefix(4000))")
            let program = """
                import EventContracts
                import MarketContracts
                import Shop
                func use(_ producer: Producer) async throws {
                    try await producer.send(Shop.OrderMessage.placed(orderID: "1", total: 2), topic: Shop.Topics.orders)
                    try await producer.send(Market.OrderMessage.placed(orderID: "1", total: 2), topic: Market.Topics.orders)
                }

                """
            let used = try SwiftCompiler.typecheck(["use.swift": program], modules: modules)
            #expect(used.isSound, "\(used.text.prefix(4000))")
        }
    }
}
