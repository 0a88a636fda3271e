import ContractModel
import class Foundation.Thread
import PromQL
import Testing

@Suite("PromQL: parsing")
struct ExpressionParserTests {
    @Test(
        "operators bind as Prometheus binds them",
        arguments: [
            ("1 + 2 * 3", "1 + (2 * 3)"),
            ("1 * 2 + 3", "(1 * 2) + 3"),
            ("1 - 2 - 3", "(1 - 2) - 3"),
            ("2 ^ 3 ^ 2", "2 ^ (3 ^ 2)"),
            ("-a ^ 2", "-(a ^ 2)"),
            ("-a * 2", "(-a) * 2"),
            ("a ^ -b * c", "(a ^ (-b)) * c"),
            ("a or b and c", "a or (b and c)"),
            ("a unless b or c", "(a unless b) or c"),
            ("a and b == c + d", "a and (b == (c + d))"),
            ("a > b > c", "(a > b) > c"),
            ("a % b atan2 c", "(a % b) atan2 c"),
            ("-a + b", "(-a) + b"),
        ])
    func precedence(text: String, grouped: String) throws {
        #expect(Self.ungrouped(try parsed(grouped)) == Self.ungrouped(try parsed(text)))
    }

    /// The expression without its parentheses.
    static func ungrouped(_ expression: Expression) -> Expression {
        var result = expression
        switch expression.node {
        case .parenthesized(let inner): return ungrouped(inner)
        case .unary(let sign, let inner): result.node = .unary(sign, ungrouped(inner))
        case .binary(var binary):
            binary.first = ungrouped(binary.first)
            for index in binary.operations.indices {
                binary.operations[index].operand = ungrouped(binary.operations[index].operand)
            }
            // (a + b) - c is the same chain as a + b - c.
            if case .binary(let inner) = binary.first.node, binary.operations[0].binaryOperator != .power,
                inner.operations[0].binaryOperator.precedence == binary.operations[0].binaryOperator.precedence
            {
                (binary.first, binary.operations) = (inner.first, inner.operations + binary.operations)
            }
            result.node = .binary(binary)
        case .number, .string, .vectorSelector, .matrixSelector, .subquery, .aggregation, .call: break
        }
        return result
    }

    @Test(
        "the canonical text of an expression",
        arguments: [
            ("  up  ", "up"),
            ("up{ a = 'b' ,}", "up{a=\"b\"}"),
            ("{__name__=\"up\"}", "{__name__=\"up\"}"),
            ("up[90s] offset 3600s @ 1.5", "up[1m30s] @ 1.500 offset 1h"),
            ("up offset -1w", "up offset -7d"),
            ("SUM(up) BY (job)", "sum by (job) (up)"),
            ("a*ON(b)GROUP_LEFT c", "a * on (b) group_left () c"),
            ("0x10 + 1e3 + .5 + inf", "16 + 1000 + 0.5 + Inf"),
            ("- - 5", "5"),
            ("up[5m:] # comment", "up[5m:]"),
            ("'a\\'\\x01' ", "\"a'\\x01\""),
        ])
    func canonical(text: String, canonical: String) throws {
        #expect(try parsed(text).description == canonical)
    }

    @Test(
        "a syntax error has its place and the expected token",
        arguments: [
            ("sum(up", "", "the expression ends too early, expected ',' or ')' after an argument", nil),
            ("up down", "down", "unexpected 'down', expected an operator or the end of the expression", nil),
            (
                "up = 1", "=", "unexpected '=', expected an operator or the end of the expression",
                "write == to compare values"
            ),
            ("ratee(up[5m])", "ratee", "unknown function 'ratee'", "did you mean 'rate'?"),
            ("up[5]", "5", "invalid duration '5': it has no unit", "write 5s for seconds"),
            ("up{job=5}", "5", "unexpected character '5'", nil),
            ("up{job=a}", "a", "unexpected 'a', expected a string for the label 'job'", nil),
            ("up{a=~\"(\"}", "\"(\"", "invalid regular expression '(': a group is not closed", nil),
            ("ü", "ü", "unexpected character 'ü'", nil),
            ("", "", "the expression is empty", nil),
            (
                "rate(up)", "up", "'rate' needs a range vector, found an instant vector",
                "add a range to the selector: [5m]"
            ),
            (
                "1 > 2", ">", "a comparison of two scalars must be written '> bool'",
                "the result is 0 or 1; there are no series to filter"
            ),
            (
                "{a=\"\"}", "{a=\"\"}",
                "a selector needs the name of a metric, or a matcher that does not match the empty string",
                "without one, it selects all series"
            ),
            ("abs(1, 2)", "abs(1, 2)", "'abs' takes 1 argument, found 2", nil),
            ("\"open", "\"open", "a string is not closed", nil),
        ] as [(String, String, String, String?)])
    func mistakes(text: String, at expected: String, message: String, hint: String?) throws {
        var findings: [Finding] = []
        #expect(Expression.parse(text, findings: &findings) == nil)
        let finding = try #require(findings.first)
        #expect(finding.message == message)
        #expect(place(finding, in: text) == expected)
        #expect(finding.hint == hint)
    }

    @Test("all type errors are reported at once")
    func allTypes() {
        var findings: [Finding] = []
        #expect(Expression.parse("rate(up) + sum(1) and 2 > 3", findings: &findings) == nil)
        #expect(findings.map(\.rule) == Array(repeating: .promQLType, count: 4))
    }

    @Test("places are counted in bytes of UTF-8, for every part of an expression")
    func places() throws {
        let text = "sum by (a) (up{b=\"ü\"} offset 5m) # ü\n + rate(x[5m])"
        guard case .binary(let sum) = try parsed(text).node, case .aggregation(let left) = sum.first.node else {
            Issue.record("not a sum")
            return
        }
        let bytes = Array(text.utf8)
        func spelt(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        #expect(spelt(sum.operations[0].operatorRange) == "+")
        #expect(spelt(sum.first.range) == "sum by (a) (up{b=\"ü\"} offset 5m)")
        #expect(spelt(left.operand.range) == "up{b=\"ü\"} offset 5m")
        #expect(spelt(sum.operations[0].operand.range) == "rate(x[5m])")
        #expect(left.grouping.map { spelt($0.labels[0].range) } == "a")
    }

    @Test(
        "an expression that nests too deep is rejected, also on a small stack",
        arguments: [
            String(repeating: "(", count: 20_000), String(repeating: "-", count: 20_000) + "1",
            String(repeating: "a ^ ", count: 20_000) + "a",
            String(repeating: "abs(", count: 20_000) + "a" + String(repeating: ")", count: 20_000),
            "a" + String(repeating: "[5m:]", count: 20_000),
            String(repeating: "sum by (a) (", count: 20_000),
        ])
    func depth(text: String) async {
        let rules = await onSmallStack {
            var findings: [Finding] = []
            _ = Expression.parse(text, findings: &findings)
            return findings.map(\.rule)
        }
        #expect(rules == [.promQLSyntax])
    }

    @Test(
        "an expression of the maximum depth passes all checks on a small stack",
        arguments: [
            String(repeating: "(", count: 249) + "a" + String(repeating: ")", count: 249),
            String(repeating: "a + ", count: 5000) + "a",
            String(repeating: "a or b and c == d + e * f - ", count: 1000) + "a",
            String(repeating: "a ^ ", count: 249) + "a",
            String(repeating: "-", count: 249) + "a",
            String(repeating: "abs(", count: 249) + "a" + String(repeating: ")", count: 249),
            "a{b=~\"" + String(repeating: "(", count: 898) + "c" + String(repeating: ")", count: 898) + "\"}",
            "a{b=~\"" + String(repeating: "(a*|", count: 95) + "c" + String(repeating: ")", count: 95) + "\"}",
            String(repeating: "sum by (x) (", count: 249) + "a" + String(repeating: ")", count: 249),
        ])
    func deepest(text: String) async {
        let isTaken = await onSmallStack {
            var findings: [Finding] = []
            guard let expression = Expression.parse(text, findings: &findings) else { return false }
            return !ExpressionChecker(catalog).check(expression).isEmpty && expression.description == text
        }
        #expect(isTaken)
    }

    @Test(
        "a pattern or template that nests too deep is rejected, also on a small stack",
        arguments: [
            ("a{b=~\"" + String(repeating: "(", count: 20_000) + "\"}", ""),
            ("a{b=~\"" + String(repeating: "(?:", count: 901) + String(repeating: ")", count: 901) + "\"}", ""),
            ("a{b=~\"" + String(repeating: "(a|", count: 500) + String(repeating: ")", count: 500) + "\"}", ""),
            ("", String(repeating: "{{ if 1 }}", count: 20_000)),
            ("", "{{ " + String(repeating: "(", count: 20_000) + "1" + String(repeating: ")", count: 20_000) + " }}"),
        ])
    func depthOfOthers(expression: String, template: String) async {
        let isTaken = await onSmallStack {
            var findings: [Finding] = []
            return expression.isEmpty
                ? AnnotationTemplate.parse(template, findings: &findings) != nil
                : Expression.parse(expression, findings: &findings) != nil
        }
        #expect(!isTaken)
    }

    /// Runs on a stack of 512 KiB, which is what other platforms' threads have.
    func onSmallStack<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: work()) }
            thread.stackSize = 512 * 1024
            thread.start()
        }
    }

    @Test(
        "a pattern matches whole values",
        arguments: [
            ("a|b", "b", true), ("a|b", "ab", false), ("a.*", "abc", true), (".+", "", false), ("[^a-c]+", "xyz", true),
            ("[^a-c]+", "xbz", false), ("\\d{2,3}", "1234", false), ("\\d{2,3}", "123", true),
            ("(a*)*b", "aaaab", true),
            ("(a|b)+c?", "abab", true), ("\\bx\\b", "x", true), ("\\Qa.b\\E", "a.b", true), ("\\Qa.b\\E", "axb", false),
            ("[[:digit:]]", "5", true), ("^a$", "a", true), ("a\\.b", "a.b", true), ("", "", true),
            ("\\D\\W", "a-", true),
            ("(?i)Error", "eRROR", true), ("(?i:e)rror", "Error", true), ("(?i:e)rror", "ERROR", false),
            ("((?i)e)rror", "ERROR", false), ("(?i)[a-c]+", "ABC", true), ("(?i)[^a-c]", "B", false),
            ("a.b", "a\nb", false), ("(?s)a.b", "a\nb", true), ("(?m)a\n^b$", "a\nb", true),
            ("\\p{Lu}+", "ÄB", true), ("\\P{Lu}", "A", false), ("\\p{^L}", "1", true), ("[\\pN_]+", "1_", true),
            ("[\\D]", "1", false), ("x{0}", "", true), ("ü.", "üü", true), ("\\S+", "a b", false), ("a??b", "b", true),
        ])
    func pattern(pattern: String, value: String, matches: Bool) throws {
        #expect(try #require(LabelPattern(pattern)).matches(value) == matches)
    }

    @Test("a pattern with exponential backtracking is matched in linear time")
    func patternOfManyWays() throws {
        let value = String(repeating: "a", count: 200)
        #expect(try #require(LabelPattern("(a|a)*(a|aa)+b")).matches(value) == false)
        #expect(try #require(LabelPattern("((a{0,30}){0,30})*")).matches(value) == true)
    }

    @Test("membership of a letter in a script is undecided, everything else is decided")
    func patternOfScript() throws {
        let pattern = try #require(LabelPattern("\\p{Greek}+|error"))
        #expect(pattern.matches("error") == true)
        #expect(pattern.matches("eror") == nil)
        #expect(pattern.matches("") == false)
    }
}
