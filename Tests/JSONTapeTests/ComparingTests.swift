import JSONTape
import TestSupport
import Testing

@Suite
struct ComparingTests {
    private func tape(_ text: String) throws -> JSONTape { try JSONTape(parsing: Array(text.utf8)) }

    @Test(arguments: [
        ("[1, 1.0]", true), ("[1e400, 10e399]", true), ("[0.1, 0.10]", true), ("[\"é\", \"e\\u0301\"]", false),
        ("[{\"a\": 1, \"b\": [2]}, {\"b\": [2.0], \"a\": 1e0}]", true), ("[{\"a\": 1}, {\"a\": 1, \"b\": 1}]", false),
        ("[[1, 2], [2, 1]]", false), ("[0, false]", false), ("[null, null]", true), ("[\"a\\u0062\", \"ab\"]", true),
    ])
    func comparesValuesAsJSONDoes(text: String, areEqual: Bool) throws {
        let tape = try tape(text)
        let first = tape.first(in: .root)
        let second = tape.end(of: first)
        let value = try tape.value(at: second)
        let results = [
            tape.value(at: first, equals: second), tape.value(at: second, equals: first),
            tape.value(at: first, equals: value), tape.firstDuplicate(in: .root) == second,
        ]
        #expect(results == Array(repeating: areEqual, count: 4))
    }

    @Test(arguments: [7, 8, 9, 500])
    func findsTheFirstDuplicate(count: Int) throws {
        let items = (0..<count).map { "{\"a\": [\($0)]}" }
        let all = items + ["\"x\"", items[2], items[1]]
        let tape = try tape("[\(all.joined(separator: ","))]")
        let duplicate = tape.firstDuplicate(in: .root)
        let pointer = duplicate.map { tape.pointer(to: $0) }
        #expect(pointer?.description == "/\(count + 1)")
        let different = try self.tape("[\(items.joined(separator: ","))]")
        let none = different.firstDuplicate(in: .root)
        #expect(none == nil)
    }

    @Test(arguments: [
        ("0.3", "0.1", true), ("0.35", "0.1", false), ("1e308", "0.123456789", false), ("1e308", "1e-8", true),
        ("9007199254740993", "3", true), ("1e1000000", "7", false), ("1e1000000", "64", true), ("0", "0.7", true),
        ("123456789012345678901234567891", "12345678901234567890123456789", false),
        ("123456789012345678901234567890", "1234567890123456789012345678.9", true), ("-4.5", "1.5", true),
        ("1", "0", false), ("1e-2", "1", false),
        ("246913578024691357802469135780246.9135781", "123456789.0123456789", false),
    ])
    func dividesExactly(value: String, divisor: String, isMultiple: Bool) throws {
        let value = try #require(JSONNumber(literal: value))
        let divisor = try #require(JSONNumber(literal: divisor))
        #expect(value.isMultiple(of: divisor) == isMultiple)
    }

    @Test
    func findsNamesOfEachLength() throws {
        let names = (0..<40).map { String(repeating: "k", count: $0) } + ["kkkkkkkk1", "kkkkkkkk2", "é"]
        let table = KeyTable(names)
        let others = names.map { $0 + "?" }
        let tape = try tape("[\((names + others).map { "\"\($0)\"" }.joined(separator: ","))]")
        var positions: [Int] = []
        var element = tape.first(in: .root)
        while element != tape.end(of: .root) {
            positions.append(table.position(of: element, in: tape))
            element = tape.end(of: element)
        }
        #expect(positions == Array(0..<names.count) + others.map { _ in -1 })
        let none = KeyTable([]).position(of: tape.first(in: .root), in: tape)
        #expect(none == -1)
    }
}
