import JSONTape
import TestSupport
import Testing

/// What a parser of strangers' bytes must bear: it may refuse anything, but it must not trap, read past its memory (see
/// the address sanitizer's run), or take more than linear time.
@Suite("hostile input")
struct HostileInputTests {
    /// Parses, and if the text is JSON, asks every node for everything.
    private func read(_ text: [UInt8], with tape: inout JSONTape) {
        do throws(JSONSyntaxError) {
            try tape.parse(text)
        } catch {
            if error.offset > text.count { Issue.record("\(error) in \(text)") }
            if error.reason == .unexpectedEnd, error.offset != text.count { Issue.record("\(error) in \(text)") }
            return
        }
        var index = JSONTape.Index.root
        let end = tape.end(of: .root)
        while index != end {
            let string = tape.string(at: index)
            _ = tape.number(at: index)
            _ = tape.integer(at: index)
            _ = tape.double(at: index)
            _ = tape.timestamp(at: index)
            for format in StringFormat.allCases { _ = tape.string(at: index, has: format) }
            if tape.kind(at: index) == .string {
                if !tape.string(at: index, equals: string) || tape.scalarCount(at: index) != string.unicodeScalars.count
                {
                    Issue.record("\(string) in \(text)")
                }
            }
            index = tape.first(in: index)
        }
        do {
            let value = try tape.value(at: .root)
            var writer = JSONWriter()
            writer.write(value)
            try tape.parse(writer)
            let again = try tape.value(at: .root)
            if again != value { Issue.record("\(text)") }
        } catch let error as JSONDecodingError {
            if case .duplicateMember = error.reason { return }
            Issue.record("\(error) in \(text)")
        } catch {
            Issue.record("\(error) in \(text)")
        }
    }

    @Test("random bytes", arguments: [10, 11, 12, 13])
    func readsRandomBytes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var tape = JSONTape()
        for _ in 0..<10_000 { read(random.bytes(random.below(24)), with: &tape) }
    }

    @Test("random strings of JSON's own bytes", arguments: [20, 21, 22, 23])
    func readsRandomTokens(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var tape = JSONTape()
        let tokens = [
            "{", "}", "[", "]", ",", ":", "\"", "\"", "\\", "\\u", "\\ud83d", "\\ude00", "\\n", "0", "-", "1", ".", "e",
            "+", "true", "null", "é", " ",
            "\u{0}", "\"a\":", "[1,", "]}",
        ]
        for _ in 0..<10_000 {
            read((0..<random.below(16)).flatMap { _ in Array(random.pick(tokens).utf8) }, with: &tape)
        }
    }

    @Test("documents with a few bytes changed", arguments: [30, 31, 32, 33])
    func readsMutatedTexts(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var tape = JSONTape()
        for _ in 0..<1000 {
            let text = try written(random.value())
            for _ in 0..<10 { read(random.mutate(text), with: &tape) }
        }
    }

    @Test("every prefix of random documents, in a buffer of exactly that size")
    func readsCutTexts() throws {
        var random = SeededGenerator(seed: 40)
        var tape = JSONTape()
        for _ in 0..<30 {
            let text = try written(random.value(depth: 3))
            for length in 0...text.count { read(Array(text[..<length]), with: &tape) }
        }
    }

    @Test(
        "ten megabytes of unclosed brackets",
        arguments: [
            ("[", JSONSyntaxError.Reason.tooDeep, 512), (#"{"a":"#, .tooDeep, 2560), (" ", .unexpectedEnd, 10_000_000),
            ("0", .invalidNumber, 1),
            ("1", nil, 0), ("\"", .trailingBytes, 2), ("\\", .expectedValue, 0), ("\u{0}", .expectedValue, 0),
            ("[]", .trailingBytes, 2),
        ])
    func refusesBombs(unit: String, reason: JSONSyntaxError.Reason?, offset: Int) {
        let bomb = Array(String(repeating: unit, count: 10_000_000 / unit.utf8.count).utf8)
        #expect(syntaxError(bomb) == reason.map { JSONSyntaxError($0, at: offset) })
    }

    @Test("depth without a limit costs memory, not stack")
    func parsesDeep() throws {
        let depth = 1_000_000
        var text = Array(repeating: UInt8(ascii: "["), count: depth)
        #expect(syntaxError(text, maximumDepth: .max) == JSONSyntaxError(.unexpectedEnd, at: depth))
        text += Array(repeating: UInt8(ascii: "]"), count: depth)
        let tape = try JSONTape(parsing: text, maximumDepth: .max)
        let end = tape.end(of: .root)
        let pointer = tape.pointer(to: JSONTape.Index.root)
        #expect(tape.offset(of: .root) == 0 && end != .root && pointer.tokens.isEmpty)
    }

    @Test("values of the default maximum depth can be read, compared and written")
    func readsDeepest() throws {
        let depth = JSONTape.defaultMaximumDepth
        let text = Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        let value = try parsed(text)
        #expect(try parsed(text) == value)
        #expect(try written(value) == text)
    }

    @Test(
        "long strings, complete and truncated",
        arguments: ["x", "é", "\\n", "\\u00e9", "\\ud83d\\ude00", "1234567\\\""])
    func parsesLongStrings(unit: String) throws {
        let units = 1_000_000
        let body = Array(String(repeating: unit, count: units).utf8)
        let quote = [UInt8(ascii: "\"")]
        #expect(syntaxError(quote + body) == JSONSyntaxError(.unexpectedEnd, at: body.count + 1))
        let tape = try JSONTape(parsing: quote + body + quote)
        let scalars = tape.scalarCount(at: .root)
        #expect(scalars % units == 0 && scalars >= units)
    }

    @Test("an object of a hundred thousand members")
    func readsManyMembers() throws {
        let members = (0..<100_000).map { "\"key\($0)\":\($0)" }
        let value = try parsed("{" + members.joined(separator: ",") + "}")
        guard case .object(let object) = value else { return #expect(Bool(false)) }
        #expect(object.count == 100_000)
        #expect(object["key99999"] == 99_999)
        #expect(try parsed(written(value)) == value)
    }

    @Test("canonically equivalent names do not collide")
    func readsEquivalentNames() throws {
        // Marks of different combining classes: every order of them is one string to Unicode.
        let marks: [Unicode.Scalar] = ["\u{301}", "\u{323}", "\u{327}", "\u{328}", "\u{315}", "\u{31B}", "\u{345}"]
        var names = [String.UnicodeScalarView()]
        for mark in marks {
            names = names.flatMap { name in
                (0...name.count).map { place in
                    var longer = name
                    longer.insert(mark, at: longer.index(longer.startIndex, offsetBy: place))
                    return longer
                }
            }
        }
        let members = names.map { "\"a\(String($0))\":1" }
        guard case .object(let object) = try parsed("{" + members.joined(separator: ",") + "}") else {
            return #expect(Bool(false))
        }
        #expect(object.count == names.count)
    }

    @Test("a number of a hundred thousand digits keeps its value", arguments: ["", "0.", "-", "1e", "1e-"])
    func readsLongNumbers(prefix: String) throws {
        let digits = String(repeating: "7", count: 100_000)
        let tape = try JSONTape(parsing: (prefix + digits).utf8)
        let number = tape.number(at: .root)
        let isInteger = tape.isInteger(at: .root)
        let double = tape.double(at: .root)
        #expect(isInteger == ["", "-", "1e"].contains(prefix))
        #expect(double == ["0.": 7.0 / 9, "1e-": 0][prefix])
        #expect(JSONNumber(literal: number.description) == number)
    }
}
