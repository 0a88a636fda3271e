import Foundation
import TestSupport
import Testing

/// Prometheus's own tool as an independent judge of expressions.
enum Promtool {
    /// The positions of the expressions that it refuses.
    static func refused(_ expressions: [String]) throws -> Set<Int> {
        try refused(
            rules: expressions.enumerated().map { "  - record: r\($0.offset)\n    expr: \(quoted($0.element))\n" })
    }

    /// The positions of the annotations that it refuses.
    static func refused(annotations: [String]) throws -> Set<Int> {
        try refused(
            rules: annotations.enumerated().map { index, text in
                "  - alert: r\(index)\n    expr: up\n    annotations:\n      summary: \(quoted(text))\n"
            })
    }

    private static func refused(rules: [String]) throws -> Set<Int> {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "rules.yaml")
        try Data(("groups:\n- name: g\n  rules:\n" + rules.joined()).utf8).write(to: file)

        let output = try OutsideProgram.promtool().run("check", "rules", file.path).output
        try #require(output.contains("FAILED") || output.contains("SUCCESS"), "\(output)")
        return Set(output.matches(of: /"r(\d+)"/).compactMap { Int($0.output.1) })
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }
}
