import ContractEvolution
import ContractExchange
import ContractGenerator
import ContractModel
@testable import ContractSite
import ContractPipeline
import Foundation
import SchemaCompiler
import TestSupport
import Testing

/// The site of a contract.
@Suite struct SiteTests {
    private static func files(_ folder: String, history: SiteHistory? = nil) throws -> [String: String] {
        let checked = try Catalog.checked(folder)
        let site = Site(
            checked.contract, checked.monitoring, examples: MessageExamples(checked.contract), history: history)
        let files = SiteGenerator.generate(site).map { ($0.name, $0.contents) }
        return Dictionary(files, uniquingKeysWith: { first, _ in first + "twice" })
    }

    @Test("links lead to pages and parts that exist, and ids are unique", arguments: Catalog.folders)
    func links(folder: String) throws {
        let files = try Self.files(folder)
        let ids = files.mapValues { $0.matches(of: #/ id="([^"]*)"/#).map { String($0.output.1) } }
        for (name, text) in files where name.hasSuffix(".html") {
            let own = try #require(ids[name])
            // The arrow of each drawing is the same.
            #expect(Set(own).count == own.filter { $0 != "arrow" }.count + (own.contains("arrow") ? 1 : 0), "\(name)")
            for match in text.matches(of: /(?:href|src)="([^"]*)"/) {
                let parts = match.output.1.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
                if parts[0].hasPrefix("https://") || parts[0].hasPrefix("http://") || parts[0].hasPrefix("mailto:")
                    || parts[0] == "data:,"
                {
                    continue
                }
                let target = parts[0].isEmpty ? name : parts[0]
                #expect(files[target] != nil, "\(name): \(match.output.1)")
                if parts.count > 1 { #expect(ids[target]?.contains(parts[1]) == true, "\(name): \(match.output.1)") }
            }
        }
    }

    @Test("a contract always gives the same bytes")
    func deterministic() throws {
        let folder = Catalog.root + "/schemas"
        #expect(try Self.files(folder) == Self.files(folder))
    }

    @Test("hostile names, descriptions and values stay text")
    func hostile() throws {
        let text = "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\" onload=\"alert(3)"
        let manifest = """
            contract: Shop
            version: 1.0.0
            description: '\(text)'
            service: shop
            services: {a: '\(text)'}
            topics: {t: {purpose: '\(text)', partitions: 1, replication: 1, producers: [a]}}
            messages:
              M:
                schema: m.schema.json
                topic: t
                description: '\(text)'
                headers: {h: '\(text)'}
                discriminator: /type
                events: {'\(text)': {description: '\(text)'}}
            """
        let literal = text.replacing("\"", with: "\\\"")
        let schema =
            #"{"type": "object", "required": ["type"], "properties": {"type": {"enum": ["TEXT"], "description": "TEXT"}, "TEXT": {"type": "string", "default": "TEXT", "title": "TEXT"}}}"#
            .replacing("TEXT", with: literal)
        let files = try Catalog.inFolder(["topics.yaml": manifest, "m.schema.json": schema]) { try Self.files($0) }
        for (name, contents) in files where name.hasSuffix(".html") {
            let scripts = contents.matches(of: /<script[^>]*>/).map { String($0.output) }
            #expect(scripts == ["<script src=\"site.js\" defer>"], "\(name)")
            #expect(
                !contents.contains("<img")
                    && contents.matches(of: #/ on[a-z]+=/#).allSatisfy { _ in
                        // Only within a text, where quotes are escaped.
                        !contents.contains("onload=\"") && !contents.contains("onerror=\"")
                    }, "\(name)")
        }
        #expect(files["search-index.js"]?.contains("<") == false)
    }

    @Test("a page of changes shows each change, and fields the version since which they exist")
    func changes() throws {
        let fixtures = Catalog.root + "/Tests/Fixtures/Evolution"
        func version(_ folder: String, _ replaced: [String: String] = [:]) throws -> ContractVersion {
            var texts: [String: [UInt8]] = [:]
            for name in try FileManager.default.contentsOfDirectory(atPath: fixtures + "/base") {
                texts[name] = Array(try Data(contentsOf: URL(filePath: fixtures + "/base/" + name)))
            }
            for name in try FileManager.default.contentsOfDirectory(atPath: folder)
            where texts[name] != nil || name.hasSuffix(".schema.json") {
                texts[name] = Array(try Data(contentsOf: URL(filePath: folder + "/" + name)))
            }
            var diagnostics = Diagnostics()
            return try #require(ContractVersion(.texts(texts, label: folder), label: folder, diagnostics: &diagnostics))
        }
        let old = try version(fixtures + "/base")
        let new = try version(fixtures + "/property-required")
        let history = SiteHistory([old], current: new)
        #expect(history.steps.count == 1 && !history.steps[0].report.changes.isEmpty)
        let checked = try Catalog.tda()
        let site = Site(
            checked.contract, checked.monitoring, examples: MessageExamples(checked.contract), history: history)
        let page = ChangesPage(site: site, history: history).page().body.markup
        #expect(page.contains("property-required") && page.contains("breaking"))
    }

    @Test("the README shows the topology of the platform's contract")
    func readme() throws {
        let readme = try String(contentsOfFile: Catalog.root + "/README.md", encoding: .utf8)
        let text = MermaidTopology.text(Topology(try Catalog.tda().contract))
        #expect(
            readme.contains("```mermaid\n" + text + "```"),
            "replace it by the output of: event-contracts docs schemas --format mermaid")
    }

    @Test("each topic config has Kafka's default beside it")
    func defaults() {
        #expect(Set(TopicConfigKeys.brokerDefaults.keys) == Set(TopicConfigKeys.all.keys))
    }

    @Test(
        "values of configs are in words",
        arguments: [
            ("retention.ms", "604800000", "7 days"), ("retention.ms", "-1", "no limit"),
            ("retention.ms", "5400000", "90 minutes"),
            ("segment.bytes", "1073741824", "1 GiB"), ("max.message.bytes", "1048588", "1048588 bytes"),
            ("flush.ms", "9223372036854775807", "no limit"), ("cleanup.policy", "compact", "compact"),
            ("local.retention.ms", "-2", "as the whole"), ("segment.jitter.ms", "0", "none"),
        ])
    func words(key: String, value: String, expected: String) {
        #expect(ConfigWords.words(key, value) == expected)
    }

    @Test("the Swift that reads encrypted values has a cipher, and the page names schemes and keys")
    func encrypted() throws {
        let contract = try Catalog.checked(Catalog.root + "/Tests/Fixtures/Contracts/Sensitive").contract
        let message = try #require(contract.messages.first)
        #expect(
            SwiftUsage(message: message, contract: "Hospital").reading.hasPrefix(
                "switch try await Hospital.read(value, decryptedBy: cipher, from: Hospital.Topics.patients, headers: headers) {"
            ))
        let page = try #require(
            Self.files(Catalog.root + "/Tests/Fixtures/Contracts/Sensitive")["message-PatientMessage.html"])
        #expect(page.contains("fernet, key medical-data") && page.contains("sent in clear"))
    }

    @Test("the Swift that pages show compiles: it is the source of TDAUsage")
    func usage() throws {
        let contract = try Catalog.tda().contract
        let examples = MessageExamples(contract)
        var text = """
            // swift-format-ignore-file
            import EventContracts
            import TDAContracts

            /// The Swift that the pages of the platform's contract show.
            enum TDAUsage {

            """
        for message in contract.messages {
            let usage = SwiftUsage(message: message, contract: "TDA")
            for (event, example) in zip(message.events, examples[message.name]) {
                text += "    func \(message.caseName)_\(event.caseName)(producer: Producer) async throws {\n"
                text += usage.sending(event, example.value).split(separator: "\n").map { "        \($0)\n" }.joined()
                text += "    }\n\n"
            }
            text += "    func read_\(message.caseName)(value: [UInt8], headers: [RecordHeader]) throws {\n"
            text += usage.reading.split(separator: "\n").map { "        \($0)\n" }.joined() + "    }\n\n"
        }
        text += "}\n"
        let path = Catalog.root + "/Tests/CatalogTests/TDAUsage.swift"
        if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
            try Data(text.utf8).write(to: URL(filePath: path))
        }
        #expect(text == (try String(contentsOfFile: path, encoding: .utf8)))
    }
}
