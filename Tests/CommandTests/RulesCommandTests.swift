import Foundation
import Testing

/// `event-contracts rules` and `--explain`.
@Suite struct RulesCommandTests {
    private static let pages = Tool.root + "/docs/rules"

    private static func rules() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: pages).filter { $0.hasSuffix(".md") }
            .map { String($0.dropLast(3)) }.sorted()
    }

    @Test("the tool prints the page of each rule as it is in the documentation; scripts/embed-rules puts it there")
    func explain() throws {
        for rule in try Self.rules() {
            let tool = try Tool.run("--explain", rule)
            #expect(tool.status == 0 && tool.errors.isEmpty)
            #expect(tool.output == (try String(contentsOfFile: "\(Self.pages)/\(rule).md", encoding: .utf8)), "\(rule)")
        }
    }

    @Test("the rules are listed with their levels and pages, as text and as JSON")
    func list() throws {
        let tool = try Tool.run("rules")
        #expect(tool.status == 0)
        let lines = tool.output.split(separator: "\n")
        #expect(try lines.map { String($0.prefix { $0 != " " }) }.sorted() == Self.rules())
        #expect(
            lines.contains { $0.hasPrefix("unused-schema            + warning           No message uses this schema") })
        #expect(try Tool.run("rules", "--format", "json").output.contains(#"{"rule":"unknown-topic","level":"error","#))
    }
}
