import ContractModel
import Testing

@Suite("Suggestions")
struct SuggestionTests {
    @Test(
        "The word that was meant is found by its edits",
        arguments: [
            ("partition", "partitions"), ("jbos", "jobs"), ("RESULTS", "results"), ("reslts", "results"),
            ("monitorign", "monitoring"),
        ])
    func near(word: String, meant: String) {
        #expect(
            Suggestion.nearest(to: word, among: ["partitions", "jobs", "results", "monitoring"]) == meant)
    }

    @Test("A word that is like none suggests none", arguments: ["", "x", "colour", "job lifecycle events"])
    func far(word: String) {
        #expect(Suggestion.nearest(to: word, among: ["partitions", "a", "results"]) == nil)
    }

    @Test("A hint names the nearest word, or all of them in order")
    func hint() {
        #expect(Suggestion.hint(for: "asert", among: ["assert", "annotate"]) == "did you mean 'assert'?")
        #expect(Suggestion.hint(for: "yes", among: ["assert", "annotate"]) == "expected one of: annotate, assert")
    }
}
