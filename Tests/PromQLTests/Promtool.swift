import Foundation
import TestSupport

/// Prometheus's own checker of rule files, as the judge of what Prometheus takes.
enum Promtool {
    /// Which of the expressions Prometheus refuses.
    static func refused(expressions: [String]) throws -> Set<Int> {
        try refused(rules: expressions.enumerated().map { "record: rule\($0.offset), expr: \(try quoted($0.element))" })
    }

    /// Which of the templates Prometheus refuses in an alert's annotation.
    static func refused(templates: [String]) throws -> Set<Int> {
        try refused(
            rules: templates.enumerated().map {
                "alert: rule\($0.offset), expr: up, annotations: {text: \(try quoted($0.element))}"
            })
    }

    /// All in one run: promtool names each rule that it refuses.
    private static func refused(rules: [String]) throws -> Set<Int> {
        let file = "groups:\n- name: all\n  rules:\n" + rules.map { "  - {\($0)}\n" }.joined()
        let path = FileManager.default.temporaryDirectory.appending(path: "promtool-\(UUID().uuidString).yaml")
        try Data(file.utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }

        let outcome = try OutsideProgram.promtool().run("check", "rules", path.path)
        let refused = outcome.output.matches(of: /rule \d+, "rule(\d+)":/).compactMap { Int($0.output.1) }
        // A file that can't be read at all would name no rule.
        guard refused.isEmpty == (outcome.status == 0) else { throw Unreadable(text: outcome.output) }
        return Set(refused)
    }

    struct Unreadable: Error {
        var text: String
    }

    /// A string of JSON is one of YAML.
    private static func quoted(_ text: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return String(decoding: try encoder.encode(text), as: UTF8.self)
    }
}

/// A list of texts with a mark each: `+` where Prometheus takes it, `-` where not.
struct MarkedList {
    struct Item: Sendable, CustomStringConvertible {
        var text: String
        var isTaken: Bool
        var description: String { text }
    }

    let items: [Item]

    init(_ file: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "Fixtures/PromQL/\(file)"), encoding: .utf8)
        items = text.split(separator: "\n").filter { $0.hasPrefix("+ ") || $0.hasPrefix("- ") }.map {
            Item(text: String($0.dropFirst(2).replacing("⏎", with: "\n")), isTaken: $0.hasPrefix("+"))
        }
    }
}
