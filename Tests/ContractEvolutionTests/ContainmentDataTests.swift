import ContractEvolution
import ContractModel
import Foundation
import Testing

/// Pairs of schemas with their truth, in a file that an environment variable names. `scripts/containment` prints the
/// answers.
@Suite(.enabled(if: ContainmentPairs.path != nil, "CONTAINMENT_PAIRS names no file of pairs"))
struct ContainmentDataTests {
    @Test
    func answersEachPair() throws {
        let path = try #require(ContainmentPairs.path)
        for line in try String(contentsOf: URL(filePath: path), encoding: .utf8).split(separator: "\n") {
            let row = try #require(SchemaPair.node(String(line)))
            guard let old = row["schema1"], let new = row["schema2"], case .string(let file)? = row["file"]?.content,
                let id = row["id"]?.jsonValue.text
            else { continue }
            // The core of JSON Schema leaves formats unchecked; the optional tests are about their check.
            var pair = SchemaPair(old, new, assertsFormats: file.contains("optional/format"))
            for (key, side) in [("s1SubsetEqOfs2", ContainmentProver.Side.old), ("s2SubsetEqOfs1", .new)] {
                guard case .bool(let truth)? = row["tests"]?[key]?.content else { continue }
                let answer = pair?.decide(from: side)
                var document = ""
                if case .incompatible(let value)? = answer { document = value.text }
                print(
                    "containment", file, id, key, truth ? "yes" : "no", answer?.word ?? "not a schema", document,
                    separator: "\t")
            }
        }
    }
}

/// The file of pairs.
enum ContainmentPairs {
    static let path = ProcessInfo.processInfo.environment["CONTAINMENT_PAIRS"]
}
