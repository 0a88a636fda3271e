import ContractModel
import SchemaCompiler
import Testing

/// Strings with a format as Swift types of their own.
@Suite struct FormatTypeTests {
    private static func contract(_ schemas: [String], options: String = "{}") -> ShopContract {
        var shop = ShopContract()
        shop.member = schemas.enumerated().map { "\"p\($0)\": \($1)" }.joined(separator: ", ")
        shop.change("topics:", to: "schemas: \(options)\ntopics:")
        return shop
    }

    private static func types(_ shop: ShopContract) throws -> [SwiftType] {
        let structure = try #require(try shop.compiled()?.messages.first?.structure)
        let payload = try #require(structure.structs.first { $0.name == "Payload" })
        return payload.properties.filter { $0.jsonName.hasPrefix("p") }.map(\.type)
    }

    private static let formats = ["uuid", "date", "uri", "time", "date-time"]
    private static let plain = formats.map { #"{"type": "string", "format": "\#($0)"}"# }

    @Test("formats other than date-time are strings by default")
    func unasked() throws {
        #expect(try Self.types(Self.contract(Self.plain)) == [.string, .string, .string, .string, .timestamp])
    }

    @Test("the manifest requests types for formats, and a schema for itself")
    func asked() throws {
        let all = Self.contract(Self.plain, options: "{swift_types: [uuid, date, uri]}")
        #expect(try Self.types(all) == [.uuid, .date, .url, .string, .timestamp])
        let one = Self.contract(Self.plain, options: "{swift_types: [date]}")
        #expect(try Self.types(one) == [.string, .date, .string, .string, .timestamp])
        let names = ["UUID", "CalendarDate", "URL", "String", "Timestamp"]
        let own = zip(Self.formats, names).map { #"{"type": "string", "format": "\#($0)", "x-swift-type": "\#($1)"}"# }
        #expect(try Self.types(Self.contract(own)) == [.uuid, .date, .url, .string, .timestamp])
    }

    @Test("a schema can stay a string, and the values of an enum are its cases")
    func kept() throws {
        var schemas = Self.formats.map { #"{"type": "string", "format": "\#($0)", "x-swift-type": "String"}"# }
        schemas.append(#"{"type": "string", "format": "date", "enum": ["2026-11-29"]}"#)
        let types = try Self.types(Self.contract(schemas, options: "{swift_types: [uuid, date, uri]}"))
        #expect(types.dropLast() == [.string, .string, .string, .string, .string])
        guard case .enumeration? = types.last else {
            Issue.record("found \(types)")
            return
        }
    }

    @Test(
        "a type that the schema's values can't have is reported",
        arguments: [
            (
                #"{"type": "string", "format": "uuid", "x-swift-type": "URL"}"#,
                "with the format 'uri', which this schema is not"
            ),
            (#"{"type": "string", "x-swift-type": "UUID"}"#, "with the format 'uuid', which this schema is not"),
            (
                #"{"type": "integer", "x-swift-type": "String"}"#,
                "'String' is a type for strings, which this schema is not"
            ),
            (#"{"type": "string", "enum": ["a"], "x-swift-type": "String"}"#, "beside 'enum' or 'const'"),
            (#"{"type": "string", "format": "date", "x-swift-type": "Date"}"#, "'x-swift-type' can't be 'Date'"),
            (
                #"{"type": "string", "format": "date", "x-swift-type": 1}"#,
                "'x-swift-type' must be a string, found a number"
            ),
            (
                ##"{"$ref": "#/definitions/id", "x-swift-type": "UUID"}"##,
                "with the format 'uuid', which this schema is not"
            ),
        ])
    func faults(schema: String, message: String) throws {
        var shop = Self.contract([schema])
        shop.definitions = #"{"id": {"type": "string", "format": "uuid"}}"#
        let found = try shop.check().filter { $0.rule == .schemaValue }
        #expect(found.count == 1 && found[0].message.contains(message), "\(found)")
    }

    @Test("a type needs a format that is checked")
    func annotated() throws {
        let shop = Self.contract(
            [#"{"type": "string", "format": "uuid", "x-swift-type": "UUID"}"#], options: "{formats: annotate}")
        #expect(try shop.check().map(\.message).contains { $0.contains("and the manifest has no format checked") })
    }

    @Test("an event can't fix or fill a UUID, a date or a URL, which is an error at its line")
    func refusals() throws {
        var shop = Self.contract(Self.plain + [Self.plain[0]], options: "{swift_types: [uuid, date, uri]}")
        shop.change(
            "fixed: {/payload/status: placed}",
            to:
                "fixed: {/payload/p0: c0ffee00-1234-5678-9abc-def012345678, /payload/p1: \"2026-11-29\", /payload/p2: \"a:b\"}"
        )
        shop.change(#"{/id: "{id}"}"#, to: #"{/id: "{id}", /payload/p5: "{id}"}"#)
        let messages = try shop.check().map { "\($0.location.line): \($0.message) [\($0.rule.rawValue)]" }
        #expect(
            Set(messages).isSuperset(of: [
                "13: this pattern can't fill '/payload/p5', which is a UUID [envelope]",
                "15: '/payload/p0' is a UUID, and can't be fixed [fixed-value]",
                "15: '/payload/p1' is a calendar date, and can't be fixed [fixed-value]",
                "15: '/payload/p2' is a URL, and can't be fixed [fixed-value]",
            ]), "\(messages)")
    }
}
