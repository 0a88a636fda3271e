import ContractModel
import JSONSchema

/// The rules of CloudEvents 1.0.2 for events in JSON.
enum CloudEvents {
    /// An attribute, and the pattern that fills it.
    struct Attribute {
        var name: String
        var isRequired: Bool
        var pattern: String?
    }

    /// The attributes that the envelope fills, and those that must be there.
    static let attributes = [
        Attribute(name: "id", isRequired: true, pattern: "{id}"),
        Attribute(name: "source", isRequired: true, pattern: "{service}"),
        Attribute(name: "specversion", isRequired: true, pattern: "1.0"),
        Attribute(name: "type", isRequired: true, pattern: nil),
        Attribute(name: "time", isRequired: false, pattern: "{now}"),
    ]

    static func isAttributeName(_ name: String) -> Bool {
        if name == "data_base64" { return true }
        return !name.isEmpty
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }

    static let file = "CloudEvents 1.0.2"

    /// Returns the schema of every event, by the specification and its JSON format.
    static func document() -> SchemaDocument? {
        // The text is part of the program, and a test reads it.
        var diagnostics = Diagnostics()
        return JSONReader.read(Array(schema.utf8), file: file, diagnostics: &diagnostics)
            .map { SchemaDocument(file: file, uri: "https://cloudevents.io/1.0.2", root: $0) }
    }

    private static let schema = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "required": ["id", "source", "specversion", "type"],
          "properties": {
            "id": {"type": "string", "minLength": 1},
            "source": {"type": "string", "minLength": 1, "format": "uri-reference"},
            "specversion": {"const": "1.0"},
            "type": {"type": "string", "minLength": 1},
            "datacontenttype": {"type": ["string", "null"], "minLength": 1},
            "dataschema": {"type": ["string", "null"], "minLength": 1, "format": "uri"},
            "subject": {"type": ["string", "null"], "minLength": 1},
            "time": {"type": ["string", "null"], "format": "date-time"},
            "data": true,
            "data_base64": {"type": "string"}
          },
          "additionalProperties": {"type": ["string", "integer", "boolean", "null"]},
          "propertyNames": {"pattern": "^([a-z0-9]+|data_base64)$"},
          "not": {"required": ["data", "data_base64"]}
        }
        """#
}
