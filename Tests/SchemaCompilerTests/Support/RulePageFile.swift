import ContractModel
import Foundation
import Testing

/// A page of `docs/rules`: its heading, its level, and its examples.
struct RulePageFile: CustomStringConvertible {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let folder = root.appending(path: "docs/rules").path

    static var names: [String] {
        FolderReader.names(in: folder).filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }

    /// The parts of a contract in an example, which replace or extend those of `Tests/Fixtures/Rules/base`.
    struct Example {
        var manifest = ""
        var files: [(name: String, text: String)] = []

        /// Reads the fenced blocks of a section: the example, and the findings in it.
        static func read(_ section: String) -> (example: Example, findings: String?) {
            var example = Example()
            var findings: String?
            for (info, content) in RulePageFile.blocks(in: section) {
                let words = info.split(separator: " ").map(String.init)
                if words == ["yaml"] {
                    example.manifest = content
                } else if words.count == 2 {
                    example.files.append((words[1], content))
                } else if words == ["text"] {
                    findings = content
                }
            }
            return (example, findings)
        }
    }

    let name: String
    var text: String
    private(set) var wrong: Example?
    private(set) var right: Example?
    /// The findings in the wrong example, without the numbers of lines.
    private(set) var findings: String?

    var description: String { name }
    var path: String { "\(Self.folder)/\(name).md" }
    var heading: Substring { text.prefix { $0 != "\n" } }
    /// The line below the heading: `*Topics · error*`.
    var level: Substring { text.split(separator: "\n").dropFirst().first ?? "" }

    init(_ name: String) throws {
        self.name = name
        text = try String(contentsOfFile: "\(Self.folder)/\(name).md", encoding: .utf8)
        for section in text.components(separatedBy: "\n## ").dropFirst() {
            let (example, findings) = Example.read(section)
            // `RulePageCommandTests` runs the examples that are commands.
            if example.manifest.isEmpty, example.files.isEmpty { continue }
            if section.hasPrefix("Wrong") {
                wrong = example
                self.findings = findings
            }
            if section.hasPrefix("Right") { right = example }
        }
    }

    /// The fenced blocks of a section: the words after the fence, and the text.
    fileprivate static func blocks(in section: String) -> [(info: String, text: String)] {
        let parts = section.components(separatedBy: "```")
        return stride(from: 1, to: parts.count - 1, by: 2).map { index in
            let info = parts[index].prefix { $0 != "\n" }
            return (String(info), String(parts[index].dropFirst(info.count + 1)))
        }
    }

    /// Replaces the findings on the page.
    func record(_ new: String) throws {
        let old = findings ?? ""
        let page = text.replacing("```text\n\(old)```", with: "```text\n\(new)```")
        try page.write(toFile: path, atomically: true, encoding: .utf8)
    }
}
