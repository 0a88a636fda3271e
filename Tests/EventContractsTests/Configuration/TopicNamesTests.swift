import EventContracts
import Testing

@Suite("Topic names")
struct TopicNamesTests {
    @Test("a topic's own name takes precedence over a prefix, and a prefix over the contract's")
    func precedence() {
        #expect(TopicNames().name(of: .notes) == "test_notes")
        #expect(TopicNames(prefix: "x.").name(of: .notes) == "x.notes")
        #expect(TopicNames(prefix: "").name(of: .notes) == "notes")
        #expect(TopicNames(prefix: "x.", overrides: ["notes": "whole"]).name(of: .notes) == "whole")
        #expect(TopicNames(prefix: "x.", overrides: ["notes": "whole"]).name(of: .marks) == "x.marks")
    }

    @Test("a topic is found by its name on the broker alone")
    func topics() {
        let names = TopicNames(prefix: "x.", overrides: ["notes": "whole"])
        #expect(names.topic(named: "whole", among: [.notes, .marks]) == .notes)
        #expect(names.topic(named: "x.marks", among: [.notes, .marks]) == .marks)
        for name in ["test_notes", "x.notes", "marks", ""] {
            #expect(names.topic(named: name, among: [.notes, .marks]) == nil)
        }
    }
}
