import Foundation
import MessageCoding
import JSONTape
import Testing

@Suite("Sensitive values")
struct SensitiveTests {
    private struct Person: Hashable, Codable {
        var name: String
        var email: Sensitive<String>
        var born: Sensitive<Int>?
    }

    @Test("no description, dump, mirror or interpolation shows a value; it is equal, hashed and coded as the value")
    func redaction() throws {
        let person = Person(name: "Ann", email: Sensitive("secret"), born: Sensitive(1812))
        var dumped = ""
        dump(person, to: &dumped)
        let shown = [
            "\(person)", String(reflecting: person), dumped, "\(person.email)", person.email.debugDescription,
            String(describing: person.born), "\(Array(Mirror(reflecting: person.email).children))", "\([person])",
        ]
        for text in shown {
            #expect(!text.contains("secret") && !text.contains("1812"), "\(text)")
        }
        #expect("\(person.email)" == "‹redacted›")
        #expect(person.email.reveal() == "secret")
        #expect(person.email == Sensitive("secret") && person.email != Sensitive("other"))
        #expect(Set([person, person]).count == 1)
    }

    @Test("no error of a coder shows a value")
    func coding() throws {
        struct Card: Codable {
            enum Kind: String, Codable { case debit, credit }
            var kind: Sensitive<Kind>
            var limits: Sensitive<[String: Int]>
            var rate = Sensitive(1.5)
        }
        func shown(_ error: any Error) -> String {
            var dumped = ""
            dump(error, to: &dumped)
            return "\(error) \(String(reflecting: error)) \(dumped)"
        }
        for text in [
            #"{"kind":"secret","limits":{},"rate":1}"#, #"{"kind":"debit","limits":{"secret":"secret"},"rate":1}"#,
            #"{"kind":"debit","limits":{},"rate":"secret"}"#,
        ] {
            let error = #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(Card.self, from: Data(text.utf8))
            }
            #expect(!shown(try #require(error)).contains("secret"))
        }
        let card = Card(kind: Sensitive(.debit), limits: Sensitive([:]), rate: Sensitive(.infinity))
        let error = #expect(throws: EncodingError.self) { try JSONEncoder().encode(card) }
        #expect(!shown(try #require(error)).contains("inf"))
    }

    /// A tree of persons: `email` is sensitive in each, and so are all members of `notes` but `public`.
    private let fields = SensitiveFields(
        categories: ["pii", "note"],
        nodes: [
            SensitiveFields.Node(members: [("email", 1), ("a/b", 1), ("children", 2), ("notes", 3)]),
            SensitiveFields.Node(category: 0),
            SensitiveFields.Node(elements: [nil], otherElements: 0),
            SensitiveFields.Node(members: [("public", 9)], otherMembers: 4),
            SensitiveFields.Node(category: 1, members: [("email", 1)]),
        ])

    private static let text = """
        {"email": "x", "a/b" : [1, "]"] , "children":[{"email":"kept"},{"\\u0065mail":{"k":"}"},"children":[0,\
        {"email":null}]}],"notes":{"public":1,"p\\"":{"email":2},"q":-1.5e3}}
        """

    private func found(_ wanted: [Bool], _ text: String = text) throws -> [String: String] {
        let bytes = Array(text.utf8)
        let tape = try JSONTape(parsing: bytes)
        let values = fields.values(of: wanted, in: tape)
        return Dictionary(
            uniqueKeysWithValues: values.map { value in
                let range = JSONText.range(ofValueAt: tape.offset(of: value.index), in: bytes)
                return (value.pointer, String(decoding: bytes[range], as: UTF8.self))
            })
    }

    @Test("values are found in members, elements and recursion, each with its text as it was written")
    func values() throws {
        #expect(
            try found([true, true]) == [
                "/email": #""x""#, "/a~1b": #"[1, "]"]"#, "/children/1/email": #"{"k":"}"}"#,
                "/children/1/children/1/email": "null", #"/notes/p""#: #"{"email":2}"#, "/notes/q": "-1.5e3",
            ])
    }

    @Test("the path of a value has the contract's names alone")
    func paths() throws {
        let values = fields.values(of: [true, true], in: try JSONTape(parsing: Array(Self.text.utf8)))
        #expect(
            values.map(\.path) == [
                "/email", "/a~1b", "/children/1/email", "/children/1/children/1/email", "/notes/*", "/notes/*",
            ])
    }

    @Test("values inside a value of another category are found")
    func categories() throws {
        #expect(try found([true, false])[#"/notes/p"/email"#] == "2")
        #expect(try found([false, true]).count == 2)
        #expect(try found([false, false]).isEmpty)
    }

    @Test("failures in a sensitive value have its place and do not quote it")
    func failures() throws {
        let failure = ValidationFailure(
            instance: JSONPointer(tokens: ["children", "1", "email", "secret"]), path: "/children/1/email/*",
            schema: "s.json#/x", message: "duplicate member 'secret'", reason: "duplicate member 'secret'", offset: 3)
        let other = ValidationFailure(
            instance: JSONPointer(tokens: ["children", "0", "email"]), path: "/children/0/email", schema: "s.json#/x",
            message: "expected a string, found 1", reason: "expected a string", offset: 3)
        let redacted = fields.redacted([failure, other])
        #expect(redacted[0].detailedDescription == "/children/1/email: duplicate member [s.json#/x]")
        #expect(redacted[0].description == redacted[0].detailedDescription)
        #expect(redacted[1] == other)
        var below = failure
        below.instance.tokens.insert("data", at: 0)
        below.path = "/data" + below.path
        #expect(fields.redacted([below], below: 1)[0].path == "/data/children/1/email")
    }

    @Test("failures of values around sensitive ones do not quote what was found")
    func failuresAround() {
        for (tokens, isRedacted) in [
            ([], true), (["children"], true), (["children", "1"], true), (["notes"], true), (["other"], false),
            (["notes", "public"], false),
        ] {
            let failure = ValidationFailure(
                instance: JSONPointer(tokens: tokens), path: JSONPointer(tokens: tokens).description,
                schema: "s.json#/x",
                message: "expected an object, found 'secret'", reason: "expected an object", offset: 3)
            let redacted = fields.redacted([failure])[0]
            #expect(redacted.description.contains("secret") == false)
            #expect(redacted.detailedDescription.contains("secret") != isRedacted, "\(tokens)")
            #expect(redacted.instance == failure.instance)
        }
    }

    @Test("a text is changed in several places at once")
    func replacing() throws {
        let text = Array("[1,22,3]".utf8)
        let changed = JSONText.replacing(
            [.init(range: 1..<2, bytes: Array("one".utf8)), .init(range: 3..<5, bytes: [])], in: text)
        #expect(String(decoding: changed, as: UTF8.self) == "[one,,3]")
    }
}
