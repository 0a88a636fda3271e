import ContractGenerator
import Foundation
import Testing

/// For which events the generator proves that a draft needs no validation.
@Suite struct DraftProofTests {
    @Test("an event is proven valid where its factory can't break a limit of the schema")
    func proofs() throws {
        // A note is at most 3 characters long, which no Swift type keeps: the event that forbids notes is safe.
        let fixture = Contracts.root.appending(path: "Tests/Fixtures/Contracts/Events").path
        let files = try Contracts.generate(try Contracts.compile(fixture))
        let events = try #require(files.first { $0.name == "ticket.events.swift" }).contents
        let proofs = events.matches(of: /static func (\w+)\([^{]*-> Draft[\s\S]*?isProvenValid: (\w+)/)
            .map { "\($0.output.1) \($0.output.2)" }
        #expect(proofs == ["opened false", "closed true", "topicChanged false"])
    }

    @Test("an enum that reads unknown values is a limit, a closed one is not")
    func enums() throws {
        let files = try Contracts.generate(try Contracts.tda())
        let proofs = files.filter { $0.name.hasSuffix(".events.swift") }.map { file in
            (file.name, Set(file.contents.matches(of: /isProvenValid: (\w+)/).map(\.output.1)))
        }
        #expect(
            Dictionary(uniqueKeysWithValues: proofs) == [
                "event.events.swift": ["true"], "job.events.swift": ["true"], "monitoring.events.swift": ["false"],
                "result.events.swift": ["true"],
            ])
    }
}
