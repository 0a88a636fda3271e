import ContractEvolution
import ContractModel
import Testing

@Suite
struct ContainmentTests {
    /// Two schemas, and whether each value of the first is valid by the second, and the reverse.
    struct Case: CustomTestStringConvertible, Sendable {
        var old: String
        var new: String
        /// The smallest counterexample of each direction; `nil` where every value is valid.
        var forward: String?
        var backward: String?

        init(_ old: String, _ new: String, _ forward: String?, _ backward: String?) {
            (self.old, self.new, self.forward, self.backward) = (old, new, forward, backward)
        }

        var testDescription: String { "\(old) ⊆ \(new)" }
    }

    static let scalars = [
        Case(#"{"type": "integer"}"#, #"{"type": "number"}"#, nil, "0.5"),
        Case(#"{"type": "string"}"#, #"{"type": ["string", "null"]}"#, nil, "null"),
        Case(#"{"minimum": 3}"#, #"{"minimum": 4}"#, "3", nil),
        Case(#"{"exclusiveMinimum": 0, "type": "integer"}"#, #"{"minimum": 1, "type": "integer"}"#, nil, nil),
        Case(#"{"type": "number", "exclusiveMinimum": 0}"#, #"{"type": "number", "minimum": 1}"#, "0.5", nil),
        Case(#"{"multipleOf": 6}"#, #"{"multipleOf": 4}"#, "6", "4"),
        Case(#"{"multipleOf": 0.1}"#, #"{"multipleOf": 0.05}"#, nil, "0.05"),
        Case(#"{"multipleOf": 12}"#, #"{"allOf": [{"multipleOf": 4}, {"multipleOf": 3}]}"#, nil, nil),
        Case(#"{"minLength": 2}"#, #"{"minLength": 3}"#, #""aa""#, nil),
        Case(#"{"type": "string", "maxLength": 0}"#, #"{"const": ""}"#, nil, nil),
        Case(#"{"pattern": "^[a-c]+$"}"#, #"{"pattern": "^[a-d]+$"}"#, nil, #""d""#),
        Case(#"{"pattern": "^a{2,4}$"}"#, #"{"pattern": "^a+$", "minLength": 2, "maxLength": 4}"#, nil, nil),
        Case(
            #"{"format": "uuid"}"#, #"{"minLength": 36, "maxLength": 36}"#, nil,
            #""aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa""#),
        Case(#"{"enum": ["a", "b"]}"#, #"{"enum": ["b", "a", "c"]}"#, nil, #""c""#),
        Case(#"{"anyOf": [{"enum": ["a"]}, {"const": "b"}]}"#, #"{"enum": ["b", "a"]}"#, nil, nil),
        Case(#"{"enum": [1, 2.5]}"#, #"{"type": "integer"}"#, "2.5", "0"),
        // A pattern that contains a line break, and the text of another condition.
        Case(#"{"pattern": "a\nrequired 1:x"}"#, #"{"pattern": "a", "required": ["x"]}"#, "{}", #""a""#),
    ]

    static let objects = [
        Case(#"{"type": "object", "properties": {"a": {}}}"#, #"{"type": "object", "required": ["a"]}"#, "{}", nil),
        Case(
            #"{"required": ["a", "b"], "properties": {"a": {"type": "string"}}}"#,
            #"{"properties": {"a": {"type": "string"}}, "required": ["b", "a"]}"#, nil, nil),
        Case(
            #"{"type": "object", "additionalProperties": false}"#,
            #"{"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": false}"#, nil,
            #"{"a":""}"#),
        Case(
            #"{"type": "object"}"#, #"{"type": "object", "properties": {"a": {"type": "string"}}}"#, #"{"a":null}"#,
            nil),
        Case(
            #"{"type": "object", "patternProperties": {"^x-": {"type": "string"}}}"#,
            #"{"type": "object", "properties": {"x-a": {"type": "string"}}}"#, nil, #"{"x-":null}"#),
        Case(
            ##"{"allOf": [{"required": ["a"]}, {"properties": {"a": {"$ref": "#/$defs/t"}}}], "$defs": {"t": {"type": "null"}}}"##,
            #"{"required": ["a"], "properties": {"a": {"type": "null"}}}"#, nil, nil),
        Case(#"{"minProperties": 1}"#, ##"{"minProperties": 2}"##, ##"{"":null}"##, nil),
        Case(
            #"{"dependentRequired": {"a": ["b"]}}"#, #"{"if": {"required": ["a"]}, "then": {"required": ["b"]}}"#,
            nil, nil),
        Case(
            #"{"propertyNames": {"maxLength": 1}}"#,
            #"{"additionalProperties": {}, "propertyNames": {"maxLength": 2}}"#, nil, #"{"aa":null}"#),
        // One member breaks both alternatives.
        Case(
            #"{"type": "object", "maxProperties": 1}"#,
            #"{"type": "object", "anyOf": [{"additionalProperties": false}, {"patternProperties": {"^x": {"type": "string"}}}]}"#,
            #"{"x":null}"#, #"{"":null,"a":null}"#),
        Case(
            #"{"type": "object", "maxProperties": 1}"#,
            #"{"type": "object", "anyOf": [{"maxProperties": 0}, {"propertyNames": {"pattern": "^a"}}, {"patternProperties": {"b$": {"type": "null"}}}]}"#,
            #"{"b":false}"#, #"{"a":null,"aa":null}"#),
        Case(
            #"{"type": "object", "propertyNames": {"pattern": "^x?a$"}}"#,
            #"{"type": "object", "anyOf": [{"additionalProperties": {"type": "integer"}}, {"patternProperties": {"^x": {"type": "string"}}}]}"#,
            #"{"xa":null}"#, #"{"":0}"#),
    ]

    static let arrays = [
        Case(#"{"items": {"type": "integer"}}"#, #"{"items": {"type": "number"}}"#, nil, "[0.5]"),
        Case(#"{"minItems": 1}"#, #"{"contains": true}"#, nil, nil),
        Case(#"{"prefixItems": [{"const": 1}], "minItems": 1}"#, #"{"contains": {"const": 1}}"#, nil, "[null,1]"),
        Case(#"{"maxItems": 1}"#, #"{"uniqueItems": true}"#, nil, "[null,false]"),
        Case(#"{"uniqueItems": true, "items": {"type": "boolean"}}"#, #"{"maxItems": 2}"#, nil, "[null]"),
        Case(#"{"contains": {"const": 1}, "minContains": 2}"#, #"{"contains": {"const": 1}}"#, nil, "[1]"),
    ]

    static let unions = [
        Case(
            #"{"oneOf": [{"properties": {"t": {"const": "a"}}, "required": ["t"], "type": "object"}]}"#,
            #"{"oneOf": [{"properties": {"t": {"const": "a"}}, "required": ["t"], "type": "object"}, {"properties": {"t": {"const": "b"}}, "required": ["t"], "type": "object"}]}"#,
            nil, #"{"t":"b"}"#),
        Case(#"{"oneOf": [{"type": "string"}, {"type": "null"}]}"#, #"{"type": ["null", "string"]}"#, nil, nil),
        Case(
            #"{"oneOf": [{"minimum": 1}, {"maximum": 5}], "type": "integer"}"#,
            #"{"type": "integer", "not": {"minimum": 1, "maximum": 5}}"#, nil, nil),
        Case(#"{"not": {"type": "string"}}"#, #"{"type": ["null", "boolean", "number", "array", "object"]}"#, nil, nil),
    ]

    static let recursive = [
        Case(
            ##"{"type": "object", "properties": {"next": {"$ref": "#"}, "v": {"type": "integer"}}, "additionalProperties": false}"##,
            ##"{"type": "object", "properties": {"next": {"$ref": "#"}, "v": {"type": "number"}}, "additionalProperties": false}"##,
            nil, #"{"v":0.5}"#),
        // Each list that ends is of this form; a list without an end is not a document.
        Case(
            ##"{"type": "object", "properties": {"next": {"$ref": "#"}}, "required": ["next"]}"##, "false", nil, nil),
        Case(
            ##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "array", "items": {"$ref": "#/$defs/b"}}, "b": {"type": "array", "items": {"$ref": "#/$defs/a"}}}}"##,
            ##"{"type": "array", "items": {"$ref": "#"}}"##, nil, nil),
    ]

    static let drafts = [
        Case(
            #"{"$schema": "http://json-schema.org/draft-04/schema#", "type": "integer", "minimum": 0, "exclusiveMinimum": true}"#,
            #"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "integer", "exclusiveMinimum": 0}"#,
            nil, nil),
        Case(
            #"{"$schema": "http://json-schema.org/draft-07/schema#", "items": [{"type": "string"}], "additionalItems": false}"#,
            #"{"prefixItems": [{"type": "string"}], "items": false}"#, nil, nil),
    ]

    static let unevaluated = [
        Case(
            #"{"type": "object", "anyOf": [{"properties": {"a": {}}, "required": ["a"]}, {"properties": {"b": {}}}], "unevaluatedProperties": false}"#,
            #"{"type": "object", "properties": {"a": {}, "b": {}}, "additionalProperties": false}"#, nil, nil),
        Case(
            #"{"type": "object", "allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": false}"#,
            #"{"type": "object", "properties": {"a": {}}, "additionalProperties": false}"#, nil, nil),
    ]

    @Test(arguments: scalars + objects + arrays + unions + recursive + drafts + unevaluated)
    func findsTheSmallestCounterexampleOrProves(_ pair: Case) throws {
        var schemas = try #require(SchemaPair(pair.old, pair.new))
        for (side, expected) in [(ContainmentProver.Side.old, pair.forward), (.new, pair.backward)] {
            switch schemas.decide(from: side) {
            case .compatible: #expect(expected == nil, "\(side)")
            case .incompatible(let value): #expect(value.text == expected, "\(side)")
            case .undecided(let reason): Issue.record("\(side) is undecided: \(reason)")
            }
        }
    }

    /// Branches that objects distinguish by `t`, each with a number from its own position on.
    private static func union(_ count: Int, from offset: Int) -> String {
        let branches = (0..<count).map {
            """
            {"type": "object", "required": ["t", "v"],
             "properties": {"t": {"const": "k\($0)"}, "v": {"type": "integer", "minimum": \($0 + offset)}}}
            """
        }
        return #"{"oneOf": [\#(branches.joined(separator: ","))]}"#
    }

    @Test
    func decidesUnionsOfManyBranches() throws {
        var pair = try #require(SchemaPair(Self.union(120, from: 1), Self.union(120, from: 0)))
        #expect(pair.decide(from: .old).word == "yes")
        guard case .incompatible(let value) = pair.decide(from: .new) else {
            Issue.record("the first branch has a counterexample")
            return
        }
        #expect(value.text == #"{"t":"k0","v":0}"#)
    }

    @Test
    func matchesTheBranchesOfUnionsByTheirTags() throws {
        func union(_ type: String) throws -> SourceNode {
            let branches = (0..<2_000).map {
                """
                {"type": "object", "required": ["t", "v"],
                 "properties": {"t": {"const": "k\($0)"}, "v": {"type": "\($0 == 1_000 ? type : "string")"}}}
                """
            }
            return try #require(SchemaPair.node(#"{"oneOf": [\#(branches.joined(separator: ","))]}"#))
        }
        // With far fewer steps than branches.
        let (old, new) = (try union("integer"), try union("number"))
        var pair = try #require(SchemaPair(old, new, budget: 200))
        #expect(pair.decide(from: .old).word == "yes")
        guard case .incompatible(let value) = pair.decide(from: .new) else {
            Issue.record("one branch has a counterexample")
            return
        }
        #expect(value.text == #"{"t":"k1000","v":0.5}"#)
    }

    @Test
    func triesNoMemberThatAnotherConditionRequiresToBeValid() throws {
        let properties = (0..<1_000).map { #""p\#($0)": {"type": "string"}"# }
        let common = "\"type\": \"object\", \"properties\": {\(properties.joined(separator: ","))"
        let old = try #require(SchemaPair.node("{\(common)}}"))
        let new = try #require(SchemaPair.node("{\(common), \"q\": {\"type\": \"string\"}}}"))
        // With far fewer steps than members.
        var pair = try #require(SchemaPair(old, new, budget: 100))
        guard case .incompatible(let value) = pair.decide(from: .old) else {
            Issue.record("the new member has a counterexample")
            return
        }
        #expect(value.text == #"{"q":null}"#)
    }

    /// Rules for each value of a member, as schemas state them.
    private static func events(_ count: Int, requiring name: String) -> String {
        let rules = (0..<count).map {
            """
            {"if": {"type": "object", "required": ["m"], "properties": {"m":
              {"type": "object", "required": ["t"], "properties": {"t": {"const": "k\($0)"}}}}},
             "then": {"required": ["\(name)\($0)"]}}
            """
        }
        let names = (0..<count).map { "\"k\($0)\"" }
        return """
            {"type": "object", "required": ["m"], "properties": {"m": {"type": "object", "required": ["t"],
              "properties": {"t": {"enum": [\(names.joined(separator: ","))]}}}},
             "allOf": [\(rules.joined(separator: ","))]}
            """
    }

    @Test
    func decidesTheRulesOfManyEvents() throws {
        let (old, new) = (Self.events(40, requiring: "p"), Self.events(40, requiring: "q"))
        var pair = try #require(SchemaPair(old, new))
        guard case .incompatible(let value) = pair.decide(from: .old) else {
            Issue.record("each event has a counterexample")
            return
        }
        #expect(value.text == #"{"m":{"t":"k0"},"p0":null}"#)
        var same = try #require(SchemaPair(old, #"{"allOf": [\#(old), {"required": ["m"]}]}"#))
        #expect(same.decide(from: .old).word == "yes")
        #expect(same.decide(from: .new).word == "yes")
    }

    @Test
    func leavesTextsThatAreTooLongUndecided() throws {
        var pair = try #require(SchemaPair(#"{"type": "string", "minLength": 2000000}"#, #"{"maxLength": 10}"#))
        guard case .undecided = pair.decide(from: .old) else {
            Issue.record("a text of 2,000,000 characters is not tried")
            return
        }
    }

    @Test
    func endsInUndecidedWhereTheBudgetIsUsedUp() throws {
        let branches = (0..<12).map { #"{"properties": {"p\#($0)": {"minimum": \#($0)}, "q": {"maximum": \#($0)}}}"# }
        let old = try #require(SchemaPair.node(#"{"anyOf": [\#(branches.joined(separator: ","))]}"#))
        let new = try #require(SchemaPair.node(#"{"oneOf": [\#(branches.joined(separator: ","))]}"#))
        var pair = try #require(SchemaPair(old, new, budget: 3))
        guard case .undecided = pair.decide(from: .old) else {
            Issue.record("three steps do not suffice")
            return
        }
    }

    @Test func manyOpenConditionsDoNotExhaustTheStack() throws {
        let old = ManyConditions.dependentAlternatives.schema(2_500)
        var pair = try #require(SchemaPair(old, #"{"required": ["other"]}"#))
        guard case .undecided = pair.decide(from: .old) else {
            Issue.record("more conditions are open than are combined")
            return
        }
    }
}
