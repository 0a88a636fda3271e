import Foundation
import Testing

/// The pages of rules whose examples are commands: blocks `console`, in a folder in which `contract` is the contract of
/// `Tests/Fixtures/Rules/base`. `UPDATE_FIXTURES=1` updates what they print.
@Suite struct RulePageCommandTests {
    private static let folder = Tool.root + "/docs/rules"
    private static let start = "```console\n"

    private static func page(_ name: String) -> String {
        (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
    }

    static let pages: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { page($0).contains(start) }.sorted()
    }()

    @Test("the commands of a page print what it shows, the rule only in the wrong example", arguments: pages)
    func commands(name: String) throws {
        let rule = name.replacing(".md", with: "")
        var sections = Self.page(name).components(separatedBy: "\n## ")
        for (index, section) in sections.enumerated() where section.contains(Self.start) {
            let parts = section.components(separatedBy: "```")
            #expect(parts.count == 3, "one block")
            let block = parts[1].dropFirst("console\n".count)
            let commands = block.split(separator: "\n").filter { $0.hasPrefix("$ ") }
            let printed = try Tool.inFolder { folder in
                try FileManager.default.copyItem(
                    atPath: Tool.root + "/Tests/Fixtures/Rules/base", toPath: folder + "/contract")
                return try commands.map { try "\($0)\n" + Tool.shell(String($0.dropFirst(2)), in: folder) }.joined()
            }
            #expect(printed.contains(rule) == section.hasPrefix("Wrong"), "\(printed)")
            if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
                sections[index] = "\(parts[0])```console\n\(printed)```\(parts[2])"
                try sections.joined(separator: "\n## ").write(
                    toFile: "\(Self.folder)/\(name)", atomically: true, encoding: .utf8)
            } else {
                #expect(printed == block)
            }
        }
    }
}
