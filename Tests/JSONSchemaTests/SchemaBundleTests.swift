import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan
import Testing

@Suite("Schemas written as one text")
struct SchemaBundleTests {
    private func set(_ files: [(String, String)], roots: [String] = []) throws -> SchemaSet {
        var diagnostics = Diagnostics()
        let documents = try files.map { name, text in
            SchemaDocument(
                file: name,
                root: try #require(JSONReader.read(Array(text.utf8), file: name, diagnostics: &diagnostics)))
        }
        let set = SchemaSet(
            documents, roots: roots.map { Located($0, at: SourceLocation(file: "topics.yaml")) },
            diagnostics: &diagnostics)
        #expect(diagnostics.isEmpty)
        return set
    }

    /// The bundle of the first file or of a part, which a reader without the files understands.
    private func bundle(_ files: [(String, String)], part: String? = nil) throws -> (text: String, title: String?) {
        var diagnostics = Diagnostics()
        let name = part ?? files[0].0
        let set = try set(files, roots: part.map { [$0] } ?? [])
        let bundle = try #require(
            set.bundle(Located(name, at: SourceLocation(file: "topics.yaml")), diagnostics: &diagnostics))
        #expect(diagnostics.isEmpty)
        var writer = JSONWriter()
        writer.write(bundle.value)
        return (String(decoding: try writer.finish(), as: UTF8.self), bundle.title)
    }

    /// The verdicts of a text on some documents, read without other files.
    private func verdicts(_ text: String, _ documents: [String]) throws -> [Bool] {
        var diagnostics = Diagnostics()
        let set = try set([("bundle.json", text)])
        let model = SchemaModel(set, options: SchemaModel.Options(assertsFormats: true), diagnostics: &diagnostics)
        #expect(diagnostics.isEmpty)
        let root = try #require(model.roots["bundle.json"])
        var interpreter = SchemaInterpreter(Plan(model, roots: [root]))
        var verdicts: [Bool] = []
        for document in documents {
            verdicts.append(interpreter.isValid(try JSONTape(parsing: Array(document.utf8)), root: root.index))
        }
        return verdicts
    }

    @Test("a file alone is its own text, with its draft")
    func alone() throws {
        let bundle = try bundle([("a.json", #"{"title": "Order", "type": "object", "$defs": {"x": {}}}"#)])
        #expect(
            bundle.text
                == #"{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"Order","type":"object","$defs":{"x":{}}}"#
        )
        #expect(bundle.title == "Order")
    }

    @Test("other files become definitions that references name")
    func files() throws {
        let bundle = try bundle([
            (
                "order.json",
                #"{"properties": {"to": {"$ref": "parts/address.json#/$defs/street name"}}, "$defs": {"a": {}}}"#
            ),
            (
                "parts/address.json",
                ##"{"$id": "https://example.org/address", "$defs": {"street name": {"$ref": "#text"}, "t": {"$anchor": "text", "type": "string"}}}"##
            ),
            ("unused.json", "{}"),
        ])
        #expect(
            bundle.text
                == ##"{"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{"to":{"$ref":"#/$defs/parts~1address.json/$defs/street%20name"}},"$defs":{"a":{},"parts/address.json":{"$defs":{"street name":{"$ref":"#/$defs/parts~1address.json/$defs/t"},"t":{"type":"string"}}}}}"##
        )
        #expect(try verdicts(bundle.text, [#"{"to":"x"}"#, #"{"to":1}"#, "{}"]) == [true, false, true])
    }

    @Test("values that look like references stay as they are")
    func data() throws {
        let bundle = try bundle([
            (
                "a.json",
                ##"{"properties": {"$ref": {"$ref": "b.json"}, "$id": {"const": {"$ref": "b.json", "$id": "x"}}}, "enum": [{"$ref": 1}]}"##
            ),
            ("b.json", #"{"default": {"$id": "y"}, "type": "integer"}"#),
        ])
        #expect(
            bundle.text.contains(##""$ref":{"$ref":"#/$defs/b.json"},"$id":{"const":{"$ref":"b.json","$id":"x"}}"##))
        #expect(bundle.text.contains(#""enum":[{"$ref":1}]"#))
        #expect(bundle.text.contains(#""default":{"$id":"y"}"#))
    }

    @Test("files that refer to each other and to themselves are one schema")
    func recursion() throws {
        let files = [
            (
                "tree.json",
                #"{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"next": {"$ref": "leaf.json"}, "self": {"$ref": "tree.json"}}}"#
            ),
            (
                "leaf.json",
                #"{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"up": {"$ref": "tree.json#/properties/next"}, "n": {"type": "integer"}}}"#
            ),
        ]
        let text = try bundle(files).text
        #expect(text.contains(#""definitions":{"leaf.json""#))
        let documents = [
            #"{"next":{"n":1,"up":{"n":2}}}"#, #"{"next":{"up":{"n":"x"}}}"#, #"{"self":{"next":{"n":true}}}"#,
        ]
        #expect(try verdicts(text, documents) == [true, false, false])
    }

    @Test("a part of a file refers to the file in its definitions")
    func parts() throws {
        let bundle = try bundle(
            [
                (
                    "events.json",
                    ##"{"$defs": {"Placed": {"title": "OrderPlaced", "$ref": "#/$defs/Base", "required": ["id"]}, "Base": {"type": "object"}}}"##
                )
            ], part: "events.json#/$defs/Placed")
        #expect(bundle.title == "OrderPlaced")
        #expect(try verdicts(bundle.text, [#"{"id":1}"#, "{}", "1"]) == [true, false, false])
    }
}
