import ContractModel
import PromQL
import Testing

/// The expressions of Tests/Fixtures/PromQL/expressions.txt, judged by our parser and by promtool.
@Suite("PromQL: agreement with promtool")
struct QueryAgreementTests {
    static func isTaken(_ text: String) -> Bool {
        var findings: [Finding] = []
        let query = Query.parse(text, findings: &findings)
        #expect((query == nil) == !findings.isEmpty, "\(text)")
        for finding in findings {
            #expect(finding.range.lowerBound >= 0 && finding.range.upperBound <= text.utf8.count, "\(text)")
        }
        return query != nil
    }

    @Test("every expression of the list is taken or refused as its mark says, by us and by promtool")
    func list() throws {
        let items = try MarkedList("expressions.txt").items
        #expect(items.count >= 400)
        let refused = try Promtool.refused(expressions: items.map(\.text))
        for (index, item) in items.enumerated() {
            #expect(Self.isTaken(item.text) == item.isTaken, "\(item.text)")
            #expect(!refused.contains(index) == item.isTaken, "promtool: \(item.text)")
        }
    }

    @Test("what is printed of a query reads as the same query, for us and for promtool")
    func roundTrip() throws {
        var printed: [String] = []
        for item in try MarkedList("expressions.txt").items where item.isTaken {
            var findings: [Finding] = []
            let query = try #require(Query.parse(item.text, findings: &findings), "\(item.text)")
            let again = try #require(Query.parse(query.description, findings: &findings), "\(query)")
            #expect(query == again, "\(item.text)")
            #expect(query.description == again.description)
            printed.append(query.description)
        }
        let refused = try Promtool.refused(expressions: printed)
        #expect(refused.isEmpty, "\(refused.map { printed[$0] })")
    }
}
