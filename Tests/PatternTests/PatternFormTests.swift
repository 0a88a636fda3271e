import JSONTape
import Patterns
import Testing

/// The forms that patterns become, and what matching costs.
@Suite("forms of patterns")
struct PatternFormTests {
    private func name(_ form: StringPattern) -> String {
        switch form {
        case .always: "always"
        case .never: "never"
        case .length(let least, let most): "length \(least) \(most.map(String.init) ?? "-")"
        case .literals(let texts): "literals \(texts.sorted().joined(separator: " "))"
        case .prefix(let text): "prefix \(text)"
        case .suffix(let text): "suffix \(text)"
        case .contains(let text): "contains \(text)"
        case .repeated(_, _, let least, let most): "repeated \(least) \(most.map(String.init) ?? "-")"
        case .shape: "shape"
        case .table: "table"
        case .counted(_, let least, let most): "counted \(least) \(most.map(String.init) ?? "-")"
        case .simulation: "simulation"
        }
    }

    @Test(
        arguments: [
            ("", "always"), (".*", "always"), ("a*", "always"), (#"[\s\S]*"#, "always"), ("^", "always"),
            ("^a*", "always"),
            ("[]", "never"), ("a^", "never"), (#"[\s\S]"#, "length 1 -"), (#"^[^]{2,5}$"#, "length 2 5"),
            ("^[^][^]?$", "length 1 2"), ("^abc$", "literals abc"), ("^(a|bc)$", "literals a bc"),
            ("^[12]$", "repeated 1 1"), ("^(?:1|[2])$", "literals 1 2"),
            ("^(CRLF|LF|crlf|lf)$", "literals CRLF LF crlf lf"), ("^x-", "prefix x-"), ("^v.*", "prefix v"),
            ("bar$", "suffix bar"), ("foo", "contains foo"), ("a+", "contains a"), ("f.*", "contains f"),
            ("aaa*", "contains aa"), ("^[a-z0-9_-]{1,64}$", "repeated 1 64"), (#"^\w+$"#, "repeated 1 -"),
            ("^a*$", "repeated 0 -"), (#"^\d{4}-\d{2}-\d{2}$"#, "shape"),
            ("^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", "shape"), ("^.*$", "table"),
            ("^.{1,256}$", "counted 1 256"), ("(a|b)*a(a|b){14}", "simulation"),
        ])
    func forms(pattern: String, form: String) throws {
        #expect(name(try CompiledPattern.compile(pattern).form) == form)
    }

    @Test(
        "the text of a table is read back",
        arguments: [#"^\d{4}-\d{2}$"#, "^(a|é)+b?$", "^.{1,256}$", "(a|b)*a(a|b){14}"])
    func packed(source: String) throws {
        let pattern = try CompiledPattern.compile(source)
        let packed = Array(try #require(pattern.packed).utf8)
        let read = packed.withUnsafeBufferPointer { text -> StringPattern in
            switch pattern.form {
            case .shape: .shape(PatternShape(PackedNumbers(text)))
            case .simulation: .simulation(PatternSimulation(PackedNumbers(text)))
            case .counted(_, let least, let most):
                .counted(PatternTable(PackedNumbers(text)), least: least, most: most)
            default: .table(PatternTable(PackedNumbers(text)))
            }
        }
        for text in ["", "2024-01", "2024-1", "a", "éab", "b", "ab\n", "x", String(repeating: "a", count: 20)] {
            #expect(read.matches(text) == pattern.matches(text), "\(text)")
        }
    }

    @Test(
        "patterns with exponential backtracking have a table with one step for each byte",
        arguments: [
            "^(a+)+$", "^(a|aa)+$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)*=b(.*)c", "^(a?){25}a{25}$",
            #"^(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$"#,
            #"^(?=(a+)+$)a"#,
        ])
    func catastrophic(source: String) throws {
        let form = try CompiledPattern.compile(source).form
        guard case .table = form else {
            Issue.record("found \(name(form))")
            return
        }
        let text = String(repeating: "a", count: 50_000)
        #expect(!form.matches(text + "!"))
    }

    @Test("a pattern that is too large for a table takes steps in proportion to the text")
    func simulationSteps() throws {
        guard case .simulation(let simulation) = try CompiledPattern.compile("^(a|b)*a(a|b){14}$").form else {
            Issue.record("not a simulation")
            return
        }
        func steps(_ count: Int) -> Int {
            Array(repeating: UInt8(ascii: "a"), count: count).withUnsafeBufferPointer { simulation.steps($0).count }
        }
        let steady = steps(2000) - steps(1000)
        #expect(steps(4000) - steps(2000) == 2 * steady)
    }
}
