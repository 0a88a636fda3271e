import Foundation
import MessageCoding
import JSONTape
import TestSupport
import Testing

/// Foundation's parser, written by others, as a second opinion on what is JSON and what it says.
@Suite("agreement with Foundation")
struct FoundationAgreementTests {
    private func foundation(_ text: [UInt8]) -> JSONValue? {
        try? JSONDecoder().decode(JSONValue.self, from: Data(text))
    }

    /// Whether the two are to differ, by what RFC 8259 leaves open or Foundation does its own way.
    private func isKnownDifference(_ text: [UInt8]) -> Bool {
        // Foundation takes texts with zeros or byte order marks for UTF-16 or UTF-32, which RFC 8259 no longer allows.
        if text.contains(0) || text.starts(with: [0xEF, 0xBB, 0xBF]) { return true }
        if text.starts(with: [0xFE, 0xFF]) || text.starts(with: [0xFF, 0xFE]) { return true }
        guard let tape = try? JSONTape(parsing: text) else { return false }
        // Of two members with one name Foundation keeps one; we refuse to choose.
        guard let value = try? tape.value(at: .root) else { return true }
        return hasInexactNumber(value)
    }

    /// `Codable` carries numbers as Int64, UInt64 or Double: others are rounded, or refused where no double holds them.
    private func hasInexactNumber(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool, .string: false
        case .number(let number): JSONNumber(number.doubleValue) != number
        case .array(let elements): elements.contains(where: hasInexactNumber)
        case .object(let object): object.contains { hasInexactNumber($0.value) }
        }
    }

    private func compare(_ text: [UInt8]) {
        guard !isKnownDifference(text) else { return }
        let ours = try? parsed(text)
        let theirs = foundation(text)
        if ours != theirs {
            Issue.record(
                "\(String(decoding: text, as: UTF8.self)): \(String(describing: ours)), \(String(describing: theirs))")
        }
    }

    @Test("random documents have one value", arguments: [50, 51])
    func agreesOnDocuments(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 { compare(try written(random.value())) }
    }

    @Test("mutated documents are accepted by both or neither", arguments: [60, 61, 62, 63])
    func agreesOnMutatedDocuments(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<1000 { compare(random.mutate(try written(random.value(depth: 2)))) }
    }

    @Test("Foundation reads what the writer writes, and the tape what Foundation writes")
    func readsEachOther() throws {
        var random = SeededGenerator(seed: 70)
        for _ in 0..<500 {
            let value = random.value()
            guard !hasInexactNumber(value) else { continue }
            let text = try written(value)
            #expect(throws: Never.self) {
                try JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)
            }
            #expect(try parsed(try JSONEncoder().encode(value)) == value)
        }
    }

    @Test(
        "where Foundation differs from RFC 8259, or from us where the RFC leaves it open",
        arguments: [
            // A byte order mark: a parser may ignore it (section 8.1); we refuse it.
            Difference("<EF><BB><BF>1", isOurs: false, isTheirs: true),
            // UTF-16 by its zeros: RFC 8259 requires UTF-8 (section 8.1).
            Difference("1<00>", isOurs: false, isTheirs: true),
            // Numbers past every double: the grammar has no limit.
            Difference("1e400", isOurs: true, isTheirs: false),
            // Two members of one name: the grammar allows them, a value with both does not exist.
            Difference(#"{"a":1,"a":2}"#, isOurs: false, isTheirs: true),
        ])
    func differs(row: Difference) {
        let text = bytes(row.notation)
        #expect(((try? parsed(text)) != nil) == row.isOurs)
        #expect((foundation(text) != nil) == row.isTheirs)
    }

    struct Difference: CustomTestStringConvertible, Sendable {
        var notation: String
        var isOurs: Bool
        var isTheirs: Bool

        init(_ notation: String, isOurs: Bool, isTheirs: Bool) {
            self.notation = notation
            self.isOurs = isOurs
            self.isTheirs = isTheirs
        }

        var testDescription: String { notation }
    }
}
