import Foundation
import MessageCoding
import JSONTape
import Testing

@Suite("JSON values")
struct JSONValueTests {
    @Test("an object keeps its members' order, and is equal in any")
    func keepsOrder() {
        let object: JSONObject = ["b": 1, "a": 2, "c": 3]
        #expect(object.keys == ["b", "a", "c"])
        #expect(object.map(\.key) == ["b", "a", "c"])
        #expect(object == ["a": 2, "b": 1, "c": 3])
        #expect(object.hashValue == (["c": 3, "b": 1, "a": 2] as JSONObject).hashValue)
        #expect(object != ["a": 2, "b": 1])
    }

    @Test("a member is set in its place, removed, and added at the end")
    func changesMembers() {
        var object: JSONObject = ["a": 1, "b": 2, "a": 3]
        #expect(object.count == 2)
        #expect(object["a"] == 3)
        object["a"] = .null
        #expect(object.keys == ["a", "b"])
        #expect(object["a"] == .some(.null))
        object["a"] = nil
        object["zz"] = nil
        #expect(object.keys == ["b"])
        object["a"] = 4
        #expect(object.keys == ["b", "a"])
        object["b"] = nil
        object["a"] = nil
        #expect(object.isEmpty)
    }

    @Test("strings are equal when their scalars are")
    func comparesScalars() {
        #expect(JSONValue.string("\u{e9}") != .string("e\u{301}"))
        #expect((["\u{e9}": 1] as JSONObject) != ["e\u{301}": 1])
        #expect(Set<JSONValue>(["\u{e9}", "e\u{301}", "\u{e9}"]).count == 2)
        #expect(JSONValue.bool(true) != .number(1))
        #expect(JSONValue.null != .bool(false))
        #expect(JSONValue.array([]) != .object([:]))
        #expect(JSONValue.string("1") != .number(1))
    }

    @Test("Codable carries a value both ways through Foundation's coders")
    func isCodable() throws {
        let value: JSONValue = [
            "null": nil, "bools": [true, false], "numbers": [0, -1, 1.5, 9_223_372_036_854_775_807, 0.1],
            "string": "é\n",
            "nested": [[], [:], [["a": [nil]]]],
        ]
        #expect(try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(value)) == value)
        #expect(try JSONDecoder().decode(JSONValue.self, from: Data(try written(value))) == value)
        #expect(try parsed(JSONEncoder().encode(value)) == value)
    }

    @Test("Codable numbers are exact up to UInt64, and doubles elsewhere")
    func codesNumbers() throws {
        func coded(_ text: String) throws -> String {
            let number = try #require(JSONNumber(literal: text))
            return String(decoding: try JSONEncoder().encode(number), as: UTF8.self)
        }
        #expect(try coded("18446744073709551615") == "18446744073709551615")
        #expect(try coded("-9223372036854775808") == "-9223372036854775808")
        #expect(try coded("1.5") == "1.5")
        #expect(try coded("0.10000000000000000000001") == "0.1")
        #expect(throws: EncodingError.self) { try coded("1e400") }
        let large = try JSONDecoder().decode(JSONNumber.self, from: Data("18446744073709551615".utf8))
        #expect(large == JSONNumber(UInt64.max))
    }

    @Test("an element that can't be decoded is reported at its own path")
    func reportsInnerErrors() {
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([JSONValue].self, from: Data("[[1,1e999]]".utf8))
        }
        let description = error.map { "\($0)" } ?? ""
        #expect(!description.contains("Dictionary"))
    }

    @Test("an optional member that is null differs from an absent one")
    func tellsNullFromAbsence() throws {
        struct Holder: Codable, Equatable {
            var any: JSONValue?

            init(any: JSONValue?) { self.any = any }
            init(from decoder: any Decoder) throws {
                any = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(JSONValue.self, forKey: .any)
            }
            enum CodingKeys: CodingKey { case any }
        }
        for holder in [Holder(any: nil), Holder(any: .null), Holder(any: [nil])] {
            #expect(try JSONDecoder().decode(Holder.self, from: JSONEncoder().encode(holder)) == holder)
        }
    }
}
