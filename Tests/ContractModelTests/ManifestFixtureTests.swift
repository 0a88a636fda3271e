import ContractModel
import Foundation
import Testing

/// The folders in `Tests/Fixtures/Manifests`: contracts that break one rule in each of the ways there are, and in
/// `expected.txt` every word that the reader then says. `UPDATE_FIXTURES=1` writes the latter anew.
@Suite struct ManifestFixtureTests {
    static let folder = Repository.path("Tests/Fixtures/Manifests")

    /// The rules that `ContractReader` itself holds a contract to; the rest take the meaning of a schema.
    static let ownRules: Set<Rule> = [
        .missingFile, .unreadableFile, .fileTooLarge, .invalidUTF8, .invalidYAML, .invalidJSON, .nestingDepth,
        .aliasLimit, .duplicateKey, .unknownKey, .missingKey, .wrongType, .invalidName, .invalidValue,
        .topicName, .topicCollision, .duration, .partitionCount, .replicationFactor, .configKey,
        .configValue, .configConflict, .unknownTopic, .unknownService, .duplicateSchema,
        .pointerSyntax,
    ]

    /// Broken by files that no repository should hold: `FileTests` makes them.
    static let rulesWithoutFixture: Set<Rule> = [.fileTooLarge, .invalidUTF8]

    static let rules = ownRules.subtracting(rulesWithoutFixture).sorted { $0.rawValue < $1.rawValue }

    @Test("each way to break a rule is told, and nothing else", arguments: rules)
    func findings(_ rule: Rule) throws {
        let folder = "\(Self.folder)/\(rule.rawValue)"
        let reading = Reading(folder)
        if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
            try reading.text.write(toFile: folder + "/expected.txt", atomically: true, encoding: .utf8)
        }
        #expect(try reading.text == String(contentsOfFile: folder + "/expected.txt", encoding: .utf8))
        #expect(Set(reading.rules) == [rule])
    }

    @Test("each folder is a rule's")
    func folders() {
        #expect(FolderReader.names(in: Self.folder) == Self.rules.map(\.rawValue))
    }
}
