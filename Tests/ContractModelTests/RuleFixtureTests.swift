import ContractModel
import Foundation
import Testing

/// Each rule that reading a contract can break has a folder in `Tests/Fixtures/Rules`: a contract that breaks it, and in
/// `expected.txt` every word that a user then reads. `UPDATE_FIXTURES=1` writes the latter anew.
@Suite("Rules, each by a contract that breaks it")
struct RuleFixtureTests {
    /// The rules that `ContractReader` holds a contract to.
    static let ownRules: Set<Rule> = [
        .missingFile, .unreadableFile, .fileTooLarge, .invalidUTF8, .invalidYAML, .invalidJSON, .nestingDepth,
        .aliasLimit, .duplicateKey, .unknownKey, .missingKey, .wrongType, .invalidName, .invalidValue,
        .reservedSection, .topicName, .topicCollision, .duration, .partitionCount, .replicationFactor, .configKey,
        .configValue, .configConflict, .unknownTopic, .unknownService, .duplicateSchema, .unusedSchema,
        .pointerSyntax,
    ]

    /// Broken by files that no repository should hold: `FileReaderTests` makes them.
    static let rulesWithoutFixture: Set<Rule> = [.fileTooLarge, .invalidUTF8]

    static let rulesWithFixture = ownRules.subtracting(rulesWithoutFixture).sorted { $0.rawValue < $1.rawValue }

    @Test("The contract's findings are the expected ones, to the letter", arguments: rulesWithFixture)
    func findings(_ rule: Rule) throws {
        let folder = Repository.path("Tests/Fixtures/Rules/\(rule.rawValue)")
        let reading = Reading(folder)
        if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
            try reading.text.write(toFile: folder + "/expected.txt", atomically: true, encoding: .utf8)
        }
        #expect(reading.text == (try String(contentsOfFile: folder + "/expected.txt", encoding: .utf8)))
        #expect(reading.rules.contains(rule))
        #expect((reading.contract == nil) == reading.diagnostics.contains { $0.severity == .error })
    }
}
