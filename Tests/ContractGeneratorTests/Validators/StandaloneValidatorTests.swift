import ContractGenerator
import ContractModel
import JSONSchema
import SchemaPlan
import Testing

/// The forms that generated validators have. The official suite (`make conformance`) tests what they answer.
@Suite
struct StandaloneValidatorTests {
    private static func source(_ schema: String) throws -> String {
        var diagnostics = Diagnostics()
        let root = try #require(
            JSONReader.read(Array(schema.utf8), file: "test.json", diagnostics: &diagnostics))
        let set = SchemaSet([SchemaDocument(file: "test.json", root: root)], diagnostics: &diagnostics)
        let model = SchemaModel(set, diagnostics: &diagnostics).simplified()
        #expect(diagnostics.sorted.filter { $0.severity == .error }.isEmpty)
        return StandaloneValidator.emit(
            Plan(model, roots: [try #require(model.roots["test.json"])]), named: "Validator")
    }

    private static func functions(in source: String) -> Int {
        source.split(separator: "\n").count { $0.contains("private static func check") }
    }

    @Test
    func sharesAFunctionAmongEqualSchemas() throws {
        let address = #"{"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}}"#
        let source = try Self.source(
            ##"{"type": "object", "properties": {"from": \##(address), "to": \##(address), "by": {"$ref": "#/$defs/b"}}, "##
                + ##""$defs": {"b": \##(address)}}"##)
        #expect(Self.functions(in: source) == 2)
    }

    @Test
    func sharesAFunctionAmongEqualRecursiveSchemas() throws {
        func tree(_ name: String) -> String {
            ##"{"type": "object", "properties": {"next": {"$ref": "#/$defs/\##(name)"}}}"##
        }
        let source = try Self.source(
            ##"{"type": "array", "prefixItems": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/b"}], "##
                + #""$defs": {"a": \#(tree("a")), "b": \#(tree("b"))}}"#)
        #expect(Self.functions(in: source) == 2)
    }

    @Test(arguments: ["oneOf", "anyOf"])
    func choosesAnAlternativeByAMember(keyword: String) throws {
        func branch(_ kind: String, _ property: String) -> String {
            #"{"required": ["kind", "\#(property)"], "properties": {"kind": {"const": "\#(kind)"}}}"#
        }
        let source = try Self.source(
            #"{"type": "object", "\#(keyword)": [\#(branch("circle", "radius")), \#(branch("square", "side"))]}"#)
        #expect(source.contains("if let tag = tape.member(of: node, named: 0x646e696b, length: 4) {"))
        #expect(!source.contains("matches"))
    }

    @Test
    func choosesAnAlternativeByKind() throws {
        let source = try Self.source(
            #"{"oneOf": [{"type": "string", "minLength": 1}, {"type": "array", "minItems": 1}, {"type": "null"}]}"#)
        #expect(source.contains("case .string:"))
        #expect(!source.contains("matches"))
    }

    @Test
    func notesEvaluatedMembersOnlyBelowAKeywordThatAsks() throws {
        let alternatives = #""anyOf": [{"required": ["a"], "properties": {"a": {}}}, {"properties": {"b": {}}}]"#
        #expect(try !Self.source("{\(alternatives)}").contains("evaluated"))
        #expect(
            try Self.source(#"{\#(alternatives), "unevaluatedProperties": false}"#).contains(
                "var evaluated = EvaluatedChildren("))
    }

    @Test
    func looksManyNamesUpInATable() throws {
        let properties = (0..<40).map { #""name\#($0)": {"type": "string"}"# }.joined(separator: ", ")
        let source = try Self.source(#"{"properties": {\#(properties)}}"#)
        #expect(source.contains("NameTable("))
        #expect(!source.contains("switch tape.count(at: name)"))
    }

    @Test
    func hasNoTextsOfFailures() throws {
        let source = try Self.source(
            #"{"type": "object", "required": ["name"], "properties": {"name": {"minLength": 3}}}"#)
        let code = source.split(separator: "SchemaProgram(")[0]
        #expect(!code.contains("expected"))
        #expect(!code.contains("minLength"))
    }
}
