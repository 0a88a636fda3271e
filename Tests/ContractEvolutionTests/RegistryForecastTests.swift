import ContractEvolution
import ContractModel
import JSONTape
import Testing

/// The answers of registries to changes, wrong ones included: each line is a change, and what the four profiles answer.
@Suite
struct RegistryForecastTests {
    struct Example: CustomTestStringConvertible, Sendable {
        var change: String
        var old: JSONValue
        var new: JSONValue
        /// The answers of confluent-strict, confluent-lenient, karapace and apicurio.
        var answers: String

        init(_ change: String, _ old: JSONValue, _ new: JSONValue, _ answers: String) {
            (self.change, self.old, self.new, self.answers) = (change, old, new, answers)
        }

        var testDescription: String { change }
    }

    static let examples: [Example] = [
        Example(
            // Karapace looks for 'required' in the property's own schema.
            "a property became required",
            object(["properties": ["a": ["type": "string"]]]),
            object(["properties": ["a": ["type": "string"]], "required": ["a"]]), "no no yes no"),
        Example(
            "an optional property was added to an open object",
            object(["properties": ["a": ["type": "string"]]]),
            object(["properties": ["a": ["type": "string"], "b": ["type": "string"]]]), "no yes no no"),
        Example(
            "an optional property was added to a closed object",
            object(["properties": ["a": ["type": "string"]], "additionalProperties": false]),
            object(["properties": ["a": ["type": "string"], "b": ["type": "string"]], "additionalProperties": false]),
            "yes yes yes yes"),
        Example(
            // Confluent looks at 'required' only for names in 'properties'.
            "'required' changed from foo to bar", object(["required": ["foo"]]), object(["required": ["bar"]]),
            "yes yes yes no"),
        Example(
            "a property was removed from a closed object",
            object(["properties": ["a": ["type": "string"]], "additionalProperties": false]),
            object(["additionalProperties": false]), "no yes no no"),
        Example(
            "a property was removed from an open object", object(["properties": ["a": ["type": "string"]]]),
            object([:]),
            "yes yes yes yes"),
        Example(
            // Karapace leaves 'enum' aside where there is a 'type'.
            "a value was removed beside a type", typed(["type": "string", "enum": ["a", "b"]]),
            typed(["type": "string", "enum": ["a"]]), "no no yes no"),
        Example(
            "a value was removed", typed(["enum": ["a", "b"]]), typed(["enum": ["a"]]), "no no no no"),
        Example("a value was added", typed(["enum": ["a"]]), typed(["enum": ["a", "b"]]), "yes yes yes yes"),
        Example(
            "an integer became a number", typed(["type": "integer"]), typed(["type": "number"]), "yes yes yes yes"),
        Example("a number became an integer", typed(["type": "number"]), typed(["type": "integer"]), "no no no no"),
        Example(
            "a type was added to a list", typed(["type": ["string"]]), typed(["type": ["string", "null"]]),
            "yes yes yes yes"),
        Example(
            "a limit was raised", typed(["type": "string", "maxLength": 3]), typed(["type": "string", "maxLength": 4]),
            "yes yes yes yes"),
        Example(
            // Karapace looks for a keyword 'multiple'.
            "a factor was added", typed(["type": "integer"]), typed(["type": "integer", "multipleOf": 2]),
            "no no yes no"),
        Example(
            "a format was added", typed(["type": "string"]), typed(["type": "string", "format": "date-time"]),
            "yes yes yes no"),
        Example(
            "a branch was added", typed(["oneOf": [["type": "string"]]]),
            typed(["oneOf": [["type": "string"], ["type": "null"]]]), "yes yes yes yes"),
        Example(
            "a branch was removed", typed(["oneOf": [["type": "string"], ["type": "null"]]]),
            typed(["oneOf": [["type": "string"]]]), "no no no no"),
        Example(
            // Karapace takes 'true' and 'false' for one schema, and fails on them as properties.
            "elements are no longer allowed", typed(["type": "array", "items": true]),
            typed(["type": "array", "items": false]), "no no yes no"),
        Example(
            "a schema refers to itself", recursive(maximum: 4), recursive(maximum: 5), "yes yes fails yes"),
        Example(
            "a schema that refers to itself is narrower", recursive(maximum: 5), recursive(maximum: 4), "no no fails no"
        ),
        Example(
            "elements have another place in 2020-12",
            typed(["type": "array", "prefixItems": [["type": "string"]]], later),
            typed(["type": "array", "prefixItems": [["type": "string"], ["type": "null"]]], later),
            "no no yes fails"),
    ]

    @Test(arguments: examples)
    func answersAsEachRegistry(example: Example) {
        let answers = RegistryDeclaration.Profile.allCases.map { profile in
            switch RegistryForecast(of: profile, .backward, old: [example.old], new: example.new) {
            case .compatible: "yes"
            case .incompatible: "no"
            case .failure: "fails"
            }
        }
        #expect(answers.joined(separator: " ") == example.answers)
    }

    @Test
    func reasonsAreTheRegistrysOwn() {
        let forecast = RegistryForecast(
            of: .confluentStrict, .backward, old: [Self.object(["properties": ["a": ["type": "string"]]])],
            new: Self.object(["properties": ["a": ["type": "string", "maxLength": 3], "b": ["type": "string"]]]))
        #expect(
            forecast
                == .incompatible([
                    RegistryForecast.Reason("MAX_LENGTH_ADDED", "#/properties/a/maxLength"),
                    RegistryForecast.Reason(
                        "OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL", "#/properties/b"),
                ]))
    }

    @Test
    func levelsChooseVersionsAndDirections() {
        let narrow = Self.typed(["type": "string", "maxLength": 3])
        let wide = Self.typed(["type": "string"])
        func isAccepted(_ level: CompatibilityDeclaration.Level, _ old: [JSONValue], _ new: JSONValue) -> Bool {
            RegistryForecast(of: .karapace, level, old: old, new: new) == .compatible
        }
        #expect(isAccepted(.backward, [narrow], wide))
        #expect(!isAccepted(.forward, [narrow], wide))
        #expect(!isAccepted(.full, [narrow], wide))
        #expect(isAccepted(.backward, [wide, narrow], narrow))
        #expect(!isAccepted(.backwardTransitive, [wide, narrow], narrow))
        #expect(isAccepted(.none, [wide], narrow))
    }

    private static let later = "https://json-schema.org/draft/2020-12/schema"

    private static func typed(
        _ members: JSONObject, _ draft: String = "http://json-schema.org/draft-07/schema#"
    ) -> JSONValue {
        .object(JSONObject([("$schema", .string(draft))] + members.map { ($0.key, $0.value) }))
    }

    private static func object(_ members: JSONObject) -> JSONValue {
        typed(JSONObject([("type", "object")] + members.map { ($0.key, $0.value) }))
    }

    private static func recursive(maximum: Int64) -> JSONValue {
        object([
            "properties": [
                "name": ["type": "string", "maxLength": .number(JSONNumber(maximum))], "next": ["$ref": "#"],
            ]
        ])
    }
}
