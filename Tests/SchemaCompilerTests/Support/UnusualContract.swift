import ContractModel
import Foundation

/// A contract that is unusual, but right: a section of a page in `Tests/Fixtures/Unusual`, with changes of the contract in
/// `Tests/Fixtures/Rules/base`.
struct UnusualContract: CustomStringConvertible, Sendable {
    let description: String
    let example: RulePageFile.Example

    static let all: [UnusualContract] = {
        let folder = RulePageFile.root.appending(path: "Tests/Fixtures/Unusual").path
        return FolderReader.names(in: folder).flatMap { name -> [UnusualContract] in
            guard let page = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) else { return [] }
            return page.components(separatedBy: "\n## ").dropFirst().map { section in
                UnusualContract(
                    description: "\(name): \(section.prefix { $0 != "\n" })",
                    example: RulePageFile.Example.read(section).example)
            }
        }
    }()
}
