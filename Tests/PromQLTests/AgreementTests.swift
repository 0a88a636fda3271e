import Foundation
import PromQL
import Testing

@Suite("PromQL: agreement with promtool")
struct AgreementTests {
    /// One a line, good and bad.
    static let expressions = lines(of: "expressions.txt")
    static let templates = lines(of: "templates.txt")

    private static func lines(of file: String) -> [String] {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/PromQL/\(file)")
        let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    static func isRefused(_ text: String) -> Bool {
        do throws(PromQLError) {
            return !TypeChecker.check(try Parser.parse(text)).errors.isEmpty
        } catch {
            return true
        }
    }

    @Test("every expression of the list is accepted or refused as promtool does")
    func agreement() throws {
        #expect(Self.expressions.count > 700)
        let refused = try Promtool.refused(Self.expressions)
        #expect(refused.count > 300)
        for (index, expression) in Self.expressions.enumerated() {
            #expect(
                Self.isRefused(expression) == refused.contains(index),
                "\(expression): promtool \(refused.contains(index) ? "refuses" : "accepts") it")
        }
    }

    @Test("every template of the list is accepted or refused as promtool does")
    func templateAgreement() throws {
        #expect(Self.templates.count > 130)
        let refused = try Promtool.refused(annotations: Self.templates)
        #expect(refused.count > 40)
        for (index, template) in Self.templates.enumerated() {
            #expect(
                !GoTemplate.check(template, labels: nil).isEmpty == refused.contains(index),
                "\(template): promtool \(refused.contains(index) ? "refuses" : "accepts") it")
        }
    }
}
