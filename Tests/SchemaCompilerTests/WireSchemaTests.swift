import ContractExchange
import ContractModel
import MessageCoding
import JSONTape
import SchemaCompiler
import Testing

@Suite("Schemas of what is sent") struct WireSchemaTests {
    /// Compiles a contract with one message, whose schema has these members.
    private func compile(
        _ members: String, files: [String: String] = [:], manifest: String = ""
    ) throws -> CompiledContract {
        var texts = files.mapValues { Array($0.utf8) }
        texts["note.schema.json"] = Array(#"{"type": "object", "required": ["id"], \#(members)}"#.utf8)
        texts["topics.yaml"] = Array(
            """
            contract: Shop
            version: 1.0.0
            service: shop
            topics: {notes: {partitions: 1, replication: 1}}
            messages:
              NoteMessage: {schema: note.schema.json, topic: notes, envelope: {/id: "{id}"}\(manifest)}
            encryption: {pii: {key: customers}, internal: none}
            registry: {}

            """.utf8)
        var diagnostics = Diagnostics()
        let contract = ContractReader.read(.texts(texts, label: "contract"), diagnostics: &diagnostics)
            .map { ContractCompiler.compile($0, diagnostics: &diagnostics) }
        try #require(
            !diagnostics.hasErrors, "\(diagnostics.sorted.map { "\($0.location.line): \($0.message)" })")
        return try #require(contract)
    }

    private func text(_ value: JSONValue) throws -> String {
        var writer = JSONWriter()
        writer.write(value)
        return String(decoding: try writer.finish(), as: UTF8.self)
    }

    /// The members of the derived schema, but for those that each has.
    private func derived(_ contract: CompiledContract) throws -> String {
        var diagnostics = Diagnostics()
        let derived = try #require(contract.wireSchemaText(of: contract.messages[0], diagnostics: &diagnostics))
        #expect(!diagnostics.hasErrors)
        var schema = try JSONTape(parsing: Array(derived.utf8)).object(at: .root)
        for name in ["$schema", "type", "required"] { schema[name] = nil }
        guard case .object(var properties)? = schema["properties"] else { return "" }
        properties["id"] = nil
        schema["properties"] = .object(properties)
        return try text(.object(schema))
            .replacing(
                #""pattern":"^A[Q-U][A-Za-z0-9_-]{44,}$","x-sensitive":"pii","#
                    + #""x-encrypted":{"scheme":"aes-256-gcm","key":"customers"}"#, with: "…")
    }

    @Test(
        "an encrypted value is a string; the rest of the schema is as it was",
        arguments: [
            (
                #""properties": {"id": {"type": "string"}, "a": {"description": "d", "x-sensitive": "pii", "type": "number", "minimum": 3}, "b": {"type": "string", "maxLength": 3}}"#,
                #"{"properties":{"a":{"description":"d","type":"string",…},"b":{"type":"string","maxLength":3}}}"#
            ),
            // Of a category that is sent in clear, and of one within it that is not.
            (
                #""properties": {"id": {"type": "string"}, "a": {"x-sensitive": "internal", "type": "object", "properties": {"b": {"x-sensitive": "pii", "type": "null"}, "c": {"type": "number"}}}}"#,
                #"{"properties":{"a":{"x-sensitive":"internal","type":"object","properties":{"b":{"type":"string",…},"c":{"type":"number"}}}}}"#
            ),
            // In lists, in maps, and behind a reference.
            (
                ##""properties": {"id": {"type": "string"}, "a": {"type": "array", "items": {"$ref": "#/$defs/n"}}, "b": {"type": "object", "additionalProperties": {"$ref": "#/$defs/n"}}}, "$defs": {"n": {"x-sensitive": "pii", "type": "integer"}}"##,
                ##"{"properties":{"a":{"type":"array","items":{"type":"string",…}},"b":{"type":"object","additionalProperties":{"type":"string",…}}},"$defs":{"n":{"x-sensitive":"pii","type":"integer"}}}"##
            ),
            // What branches, conditions and values conclude from encrypted values is not known on the wire.
            (
                #""properties": {"id": {"type": "string"}, "a": {"type": "object", "oneOf": [{"properties": {"v": {"type": "string"}}}, {"properties": {"v": {"type": "number"}}}], "properties": {"v": {"x-sensitive": "pii"}}}}"#,
                #"{"properties":{"a":{"type":"object","properties":{"v":{"type":"string",…}},"anyOf":[{"properties":{"v":{"type":"string",…}}},{"properties":{"v":{"type":"string",…}}}]}}}"#
            ),
            (
                #""properties": {"id": {"type": "string"}, "v": {"x-sensitive": "pii"}, "w": {"type": "string"}}, "not": {"properties": {"v": {"const": 1}}, "required": ["v"]}"#,
                #"{"properties":{"v":{"type":"string",…},"w":{"type":"string"}}}"#
            ),
            (
                #""properties": {"id": {"type": "string"}, "v": {"x-sensitive": "pii"}, "w": {"type": "string"}}, "not": {"required": ["v", "w"]}"#,
                #"{"properties":{"v":{"type":"string",…},"w":{"type":"string"}},"not":{"required":["v","w"]}}"#
            ),
            (
                #""properties": {"id": {"type": "string"}, "v": {"x-sensitive": "pii"}}, "if": {"properties": {"v": {"enum": [1, 2]}}}, "then": {"required": ["v"]}, "anyOf": [true]"#,
                #"{"properties":{"v":{"type":"string",…}},"anyOf":[true],"allOf":[{"anyOf":[{"allOf":[{"properties":{"v":{"type":"string",…}}},{"required":["v"]}]},true]}]}"#
            ),
            (
                #""properties": {"id": {"type": "string"}, "v": {"type": "array", "items": {"x-sensitive": "pii"}, "contains": {"type": "number"}, "maxContains": 2}}"#,
                #"{"properties":{"v":{"type":"array","items":{"type":"string",…},"contains":{"type":"string",…}}}}"#
            ),
            // A schema of a value that is encrypted, and of one that is not, says what is true of both.
            (
                ##""properties": {"id": {"type": "string"}, "a": {"allOf": [{"$ref": "#/$defs/n"}, {"properties": {"v": {"x-sensitive": "pii"}}}]}, "b": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"type": "object", "properties": {"v": {"type": "integer", "maximum": 9}}}}"##,
                ##"{"properties":{"a":{"allOf":[{"$ref":"#/$defs/n"},{"properties":{"v":{"type":"string",…}}}]},"b":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"object","properties":{"v":{"maximum":9}}}}}"##
            ),
            // Examples have plain values.
            (
                #""properties": {"id": {"type": "string"}, "a": {"type": "array", "items": {"x-sensitive": "pii", "examples": ["s"]}, "examples": [["s"]]}, "b": {"examples": ["b"]}}, "examples": [{"id": "1", "a": ["s"]}]"#,
                #"{"properties":{"a":{"type":"array","items":{"type":"string",…}},"b":{"examples":["b"]}}}"#
            ),
            // A pattern marks the names that it matches, and what no schema evaluates for certain is marked too.
            (
                #""properties": {"id": {"type": "string"}, "s_x": {}, "t": {"type": "integer"}}, "patternProperties": {"^s_": {"x-sensitive": "pii"}}"#,
                #"{"properties":{"s_x":{"type":"string",…},"t":{"type":"integer"}},"patternProperties":{"^s_":{"type":"string",…}}}"#
            ),
            (
                #""properties": {"id": {"type": "string"}, "m": {"anyOf": [{"required": ["k"], "properties": {"b": {"type": "integer"}}}, true], "properties": {"c": {"type": "integer"}}, "unevaluatedProperties": {"x-sensitive": "pii"}}}"#,
                #"{"properties":{"m":{"anyOf":[{"required":["k"],"properties":{"b":{"type":"string",…}}},true],"properties":{"c":{"type":"integer"}},"unevaluatedProperties":{"type":"string",…}}}}"#
            ),
            // What others refer to stays.
            (
                ##""properties": {"id": {"type": "string"}, "a": {"x-sensitive": "pii", "type": "object", "required": ["c"], "properties": {"c": {"type": "integer"}}}, "b": {"$ref": "#/properties/a/properties/c"}}"##,
                ##"{"properties":{"a":{"properties":{"c":{"type":"integer"}},"type":"string",…},"b":{"$ref":"#/properties/a/properties/c"}}}"##
            ),
        ] as [(String, String)])
    func derivation(members: String, expected: String) throws {
        #expect(try derived(compile(members)) == expected)
    }

    @Test("the manifest's pointer, and other files, which become definitions")
    func files() throws {
        let contract = try compile(
            #""properties": {"id": {"type": "string"}, "a": {"$ref": "address.json"}}"#,
            files: [
                "address.json": #"{"type": "object", "properties": {"street": {"type": "string", "minLength": 1}}}"#
            ], manifest: ", sensitive: {/a/street: pii}")
        #expect(
            try derived(contract)
                == ##"{"properties":{"a":{"$ref":"#/$defs/address.json"}},"$defs":{"address.json":"##
                + #"{"type":"object","properties":{"street":{"type":"string",…}}}}}"#)
    }

    @Test("a schema registry gets the derived schema")
    func registry() throws {
        let contract = try compile(
            #""properties": {"id": {"type": "string"}, "a": {"type": "string", "maxLength": 3, "x-sensitive": "pii"}}"#)
        var diagnostics = Diagnostics()
        let derived = contract.wireSchemaText(of: contract.messages[0], diagnostics: &diagnostics)
        let registered = try #require(contract.registry?.schemas.first?.text)
        #expect(registered == derived)
        #expect(registered.contains("x-encrypted") && !registered.contains("maxLength"))
        let plain = try #require(contract.plainSchemaText(of: contract.messages[0], diagnostics: &diagnostics))
        #expect(!plain.contains("x-encrypted") && plain.contains("maxLength"))
    }

    @Test("a message is valid as it is sent where it is valid as it is")
    func agreement() throws {
        let contract = try compile(
            ##"""
            "properties": {
              "id": {"type": "string"},
              "kind": {"enum": ["a", "b"]},
              "v": {"x-sensitive": "pii", "oneOf": [{"type": "integer"}, {"type": "string", "minLength": 2}]},
              "list": {
                "type": "array", "uniqueItems": true, "items": {"x-sensitive": "pii", "type": "integer"},
                "contains": {"const": 7}, "minContains": 0, "maxContains": 1
              },
              "box": {"type": "object", "not": {"const": {"x": 3}}, "properties": {"x": {"x-sensitive": "pii"}}}
            },
            "if": {"properties": {"v": {"type": "integer"}}, "required": ["v"]},
            "then": {"properties": {"kind": {"const": "a"}}}, "else": {"properties": {"kind": {"const": "b"}}},
            "not": {"properties": {"v": {"const": "no"}}, "required": ["v"]},
            "unevaluatedProperties": false
            """##)
        let message = contract.messages[0]
        let fields = try #require(message.protection?.graph.fields)
        var diagnostics = Diagnostics()
        let plain = try #require(MessageInterpreter.all(of: contract).first)
        let sent = try #require(MessageInterpreter.allEncrypted(of: contract, diagnostics: &diagnostics).first)
        #expect(!diagnostics.hasErrors)
        func isValid(_ text: [UInt8], by interpreter: MessageInterpreter) throws -> Bool {
            interpreter.failures(in: try JSONTape(parsing: text)).isEmpty
        }
        func encrypted(_ text: [UInt8]) throws -> [UInt8] {
            let tape = try JSONTape(parsing: text)
            let values = fields.values(of: fields.categories.map { $0 == "pii" }, in: tape)
            return JSONText.replacing(
                values.enumerated().map { index, value in
                    let range = JSONText.range(ofValueAt: tape.offset(of: value.index), in: text)
                    let token = "AQ" + String(repeating: "x", count: 44) + String(index)
                    return JSONText.Replacement(range: range, bytes: Array("\"\(token)\"".utf8))
                }, in: text)
        }
        var counts = (valid: 0, invalid: 0)
        for kind in ["\"a\"", "\"b\"", "1"] {
            for value in ["1", "\"xy\"", "\"no\"", "\"x\"", "null"] {
                for list in ["[]", "[7]", "[7, 7]", "[1, 2]", "[\"a\"]"] {
                    for box in ["{\"x\":1}", "{\"x\":3}", "1"] {
                        let text = Array(
                            "{\"id\":\"1\",\"kind\":\(kind),\"v\":\(value),\"list\":\(list),\"box\":\(box)}".utf8)
                        if try isValid(text, by: plain) {
                            counts.valid += 1
                            #expect(
                                try isValid(try encrypted(text), by: sent), "\(String(decoding: text, as: UTF8.self))")
                            #expect(try !isValid(text, by: sent) || value.hasPrefix("\""))
                        } else {
                            counts.invalid += 1
                        }
                    }
                }
            }
        }
        #expect(counts.valid == 6 && counts.invalid > 100)
        // What is not encrypted is still validated, and a value in clear is not a token.
        let token = "AQ" + String(repeating: "x", count: 44)
        func isSent(_ members: String) throws -> Bool {
            try isValid(Array(#"{"id":"1",\#(members)}"#.utf8), by: sent)
        }
        #expect(try isSent(#""kind":"a","v":"\#(token)""#))
        #expect(try !isSent(#""kind":"c","v":"\#(token)""#))
        #expect(try !isSent(#""kind":"a","v":"\#(token)","w":1"#))
        #expect(try !isSent(#""kind":"a","v":"ann@example.org""#))
    }
}
