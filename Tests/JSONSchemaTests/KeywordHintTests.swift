import ContractModel
import JSONSchema
import Testing

/// Hints at what was meant by a keyword's value of another form.
@Suite struct KeywordHintTests {
    @Test(
        "a value of another form has a hint",
        arguments: [
            (#"{"items": [{"type": "string"}]}"#, "since 2020-12, 'prefixItems' has the schemas of the first elements"),
            (#"{"additionalProperties": "false"}"#, "remove the quotes"),
            (#"{"uniqueItems": "true"}"#, "remove the quotes"), (#"{"minLength": "3"}"#, "remove the quotes"),
            (#"{"uniqueItems": "yes"}"#, "write true"), (#"{"type": "int"}"#, "did you mean 'integer'?"),
            (#"{"type": "strin"}"#, "did you mean 'string'?"),
            (
                #"{"properties": {"a": {"required": true}}}"#,
                "list the names of required properties under 'required' of the object"
            ),
            (#"{"required": "a"}"#, #"write a list: ["a"]"#), (#"{"enum": "a"}"#, "write a list of the values"),
            (
                #"{"minimum": 0, "exclusiveMinimum": true}"#,
                "since draft 6, 'exclusiveMinimum' is the limit itself; remove 'minimum'"
            ),
        ])
    func hints(schema: String, hint: String) throws {
        var diagnostics = Diagnostics()
        let root = try #require(JSONReader.read(Array(schema.utf8), file: "a.json", diagnostics: &diagnostics))
        let set = SchemaSet([SchemaDocument(file: "a.json", root: root)], diagnostics: &diagnostics)
        _ = SchemaModel(set, options: SchemaModel.Options(assertsFormats: true), diagnostics: &diagnostics)
        #expect(diagnostics.sorted.map(\.hint) == [hint])
    }
}
