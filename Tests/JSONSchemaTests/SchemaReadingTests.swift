import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan
import Testing

/// Schemas as people write them: what the reader accepts, and what it reports of them.
@Suite struct SchemaReadingTests {
    private func messages(_ text: String, draft: SchemaDraft = .draft2020) -> [String] {
        SchemaFixture(text, draft: draft).messages
    }

    @Test("an unknown keyword is a typo only where the schema lacks the similar one")
    func typos() {
        #expect(messages(#"{"requird": ["a"]}"#) == ["error: unknown keyword 'requird'"])
        #expect(messages(#"{"tpye": "string"}"#) == ["error: unknown keyword 'tpye'"])
        #expect(messages(#"{"typ": "string"}"#) == ["error: unknown keyword 'typ'"])
        // Capitals alone are a typo in a word of any length.
        #expect(messages(#"{"Pattern": "x"}"#) == ["error: unknown keyword 'Pattern'"])
        #expect(messages(#"{"Enum": ["a"]}"#) == ["error: unknown keyword 'Enum'"])
        // Published schemas have typos of keywords that only close them.
        for word in ["additionalPropertes", "additonalProperties", "unevaluatedItem"] {
            #expect(messages(#"{"\#(word)": false}"#) == ["warning: unknown keyword '\(word)': it asserts nothing"])
        }
        let annotations = [
            #"{"requird": "a"}"#, #"{"requird": ["a"], "required": ["a"]}"#, #"{"titel": "a"}"#, #"{"when": {}}"#,
            #"{"const": 1, "cost": 2}"#, #"{"vendor": 1}"#, #"{"tsAdditionalProperties": false}"#,
        ]
        for text in annotations {
            let found = messages(text)
            #expect(found.count == 1 && found.allSatisfy { $0.hasPrefix("warning: ") }, "\(text): \(found)")
        }
    }

    @Test("a property that is not a schema does not hide errors of others")
    func malformedProperties() {
        #expect(
            messages(#"{"properties": {"a": 1, "b": {"minLength": "1"}, "c": []}}"#) == [
                "error: 'properties' must be a schema, found a number",
                "error: 'minLength' must be a whole number from 0, found '1'",
                "error: 'properties' must be a schema, found a list",
            ])
    }

    @Test("an unknown word is one warning for each name and file")
    func unknownWords() throws {
        let text = #"{"vendor": 1, "properties": {"a": {"vendor": 2, "x-own": 1}, "b": {"other": 3}}}"#
        #expect(
            messages(text) == [
                "warning: unknown keyword 'vendor': it asserts nothing",
                "warning: unknown keyword 'other': it asserts nothing",
            ])
    }

    @Test("keywords that a draft ignores beside a reference are warnings")
    func referenceSiblings() throws {
        let text =
            ##"{"properties": {"a": {"$ref": "#/definitions/a", "maxLength": 1, "description": "A"}}, "##
            + ##""definitions": {"a": {"type": "string"}}}"##
        let old = SchemaFixture(text, draft: .draft7)
        #expect(old.messages == ["warning: draft 7 ignores 'maxLength' beside '$ref'"])
        #expect(try old.isValid(#"{"a": "abc"}"#))
        let new = SchemaFixture(text, draft: .draft2019)
        #expect(new.messages == [])
        #expect(try !new.isValid(#"{"a": "abc"}"#))
    }

    @Test("an unknown meta-schema is one warning, and the default draft reads the schema")
    func unknownDialects() throws {
        let schema = #"{"$schema": "iglu:x", "properties": {"a": {"minimum": 1, "exclusiveMinimum": true}}}"#
        let fixture = SchemaFixture(["a.json": schema, "b.json": schema], draft: .draft4)
        #expect(fixture.messages == ["warning: unknown meta-schema 'iglu:x': the schema is read as draft 4"])
        #expect(try !fixture.isValid(#"{"a": 1}"#))
    }

    @Test("two schemas of one URI are a warning, and the first keeps it")
    func duplicateURIs() throws {
        let fixture = SchemaFixture([
            "root.json": #"{"$ref": "https://x.org/a"}"#, "a.json": #"{"$id": "https://x.org/a", "type": "string"}"#,
            "b.json": #"{"$id": "https://x.org/a", "type": "integer"}"#,
        ])
        #expect(
            fixture.messages == [
                "warning: duplicate URI 'https://x.org/a': references to it resolve to a.json:1:1"
            ])
        #expect(try fixture.isValid(#""text""#))
    }

    @Test("files of another folder are found by the path that leads there, by id and by anchor")
    func otherFolders() throws {
        let fixture = SchemaFixture([
            "order.json": ##"""
            {"properties": {"a": {"$ref": "../shared/a.json"}, "b": {"$ref": "https://x.org/b#street"},
            "c": {"$ref": "../shared/v1/c.json#/$defs/x"}}}
            """##,
            "../shared/a.json": #"{"type": "string"}"#,
            "../shared/b.json":
                #"{"$id": "https://x.org/b", "$defs": {"s": {"$anchor": "street", "type": "integer"}}}"#,
            "../shared/v1/c.json": #"{"$defs": {"x": {"$ref": "../a.json"}}}"#,
        ])
        #expect(fixture.messages == [])
        #expect(try fixture.isValid(#"{"a": "", "b": 1, "c": ""}"#))
        #expect(try !fixture.isValid(#"{"c": 1}"#))
        #expect(try !fixture.isValid(#"{"b": ""}"#))
    }

    @Test("a part of a file can be asked for, by pointer or anchor")
    func parts() throws {
        var diagnostics = Diagnostics()
        let text = #"{"$defs": {"a": {"type": "string"}, "b": {"$anchor": "b", "type": "integer"}}}"#
        let node = try #require(JSONReader.read(Array(text.utf8), file: "e.json", diagnostics: &diagnostics))
        let place = SourceLocation(file: "topics.yaml")
        let roots = ["e.json#/$defs/a", "e.json#b", "e.json#/$defs/c"].map { Located($0, at: place) }
        let set = SchemaSet([SchemaDocument(file: "e.json", root: node)], roots: roots, diagnostics: &diagnostics)
        let model = SchemaModel(set, diagnostics: &diagnostics)
        #expect(model.roots.keys.sorted() == ["e.json", "e.json#/$defs/a", "e.json#b"])
        #expect(diagnostics.sorted.map(\.message) == ["'e.json' has nothing at '/$defs/c': '/$defs' has no 'c'"])
        var interpreter = SchemaInterpreter(
            Plan(
                model,
                roots: try ["e.json#/$defs/a", "e.json#b"].map {
                    try #require(model.roots[$0])
                }))
        let tape = try JSONTape(parsing: Array("1".utf8))
        let verdicts = [0, 1].map { interpreter.isValid(tape, root: $0) }
        #expect(verdicts == [false, true])
    }
}
