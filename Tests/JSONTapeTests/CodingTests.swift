import Foundation
import MessageCoding
import JSONTape
import Testing

@Suite("Values that code themselves")
struct CodingTests {
    private struct Point: JSONCodable, Hashable {
        var x: Int
        var label: Nullable<String>

        init(x: Int, label: Nullable<String>) {
            self.x = x
            self.label = label
        }

        init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError) {
            guard let member = tape.member("x", of: node) else { throw tape.missing("x", in: node) }
            x = try tape.decode(Int.self, at: member)
            label = .absent
            if let member = tape.member("label", of: node) {
                label = try tape.decodeNullable(at: member) { (tape, node) throws(JSONDecodingError) in
                    try tape.decode(String.self, at: node)
                }
            }
        }

        func encode(into writer: inout JSONWriter) {
            writer.beginObject()
            writer.key("x")
            writer.write(x)
            switch label {
            case .absent: break
            case .null:
                writer.key("label")
                writer.write(literal: "null")
            case .value(let text):
                writer.key("label")
                writer.write(text)
            }
            writer.endObject()
        }
    }

    @Test(
        "Codable keeps absent, null and a value apart",
        arguments: [
            (Nullable<String>.absent, #"{"x":1}"#), (.null, #"{"label":null,"x":1}"#), ("a", #"{"label":"a","x":1}"#),
        ])
    func codable(label: Nullable<String>, text: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(Point(x: 1, label: label))
        #expect(String(decoding: data, as: UTF8.self) == text)
        #expect(try JSONDecoder().decode(Point.self, from: data) == Point(x: 1, label: label))
    }

    @Test("a decoding error of Codable has its path")
    func errors() {
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Point].self, from: Data(#"[{"x": 1}, {"x": "a"}]"#.utf8))
        }
        guard case .dataCorrupted(let context)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(context.codingPath.map(\.stringValue).last == "x")
        let missing = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Point.self, from: Data("{}".utf8))
        }
        guard case .keyNotFound(let key, _)? = missing else {
            Issue.record("\(String(describing: missing))")
            return
        }
        #expect(key.stringValue == "x")
    }

    @Test("a boxed value is the value's own")
    func boxes() {
        var box = Boxed([1])
        let copy = box
        box.value.append(2)
        #expect(box.value == [1, 2])
        #expect(copy.value == [1])
        #expect(box != copy)
        #expect(Set([box, copy, Boxed([1, 2])]).count == 2)
    }

    @Test(
        "whole numbers up to 64 bits without a sign",
        arguments: [
            ("18446744073709551615", UInt64.max), ("18446744073709551616", nil), ("0", 0), ("-1", nil), ("1.5", nil),
            ("1e19", 10_000_000_000_000_000_000), (#""1""#, nil),
        ] as [(String, UInt64?)])
    func unsigned(text: String, value: UInt64?) throws {
        let tape = try JSONTape(parsing: Array(text.utf8))
        #expect((try? tape.decode(UInt64.self, at: .root)) == value)
    }

    @Test("members that a table does not name")
    func otherMembers() throws {
        let tape = try JSONTape(parsing: Array(#"{"a":1,"b":[2],"c":"x"}"#.utf8))
        #expect(try tape.decodeMembers(of: .root, besides: NameTable(["a", "c"])) == ["b": [2]])
        let numbers = try JSONTape(parsing: Array(#"{"a":1,"b":2}"#.utf8))
        let members = try numbers.decodeMembers(of: .root, besides: NameTable(["a"])) {
            (tape, node) throws(JSONDecodingError) in
            try tape.decode(Int.self, at: node)
        }
        #expect(members == ["b": 2])
    }
}
