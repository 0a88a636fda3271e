import SchemaCompiler
import Testing

@Suite struct SwiftNameTests {
    @Test(
        "names of properties",
        arguments: [
            ("message_id", "messageID"), ("id", "id"), ("jobIds", "jobIDs"), ("URL", "url"),
            ("callback_url", "callbackURL"),
            ("HTTPServer", "httpServer"), ("uptime_seconds", "uptimeSeconds"), ("job.completed", "jobCompleted"),
            ("content-type", "contentType"), ("2xx", "_2xx"), ("user_2_name", "user2Name"), ("größe", "größe"),
            ("", "empty"),
            ("--", "hyphenMinusHyphenMinus"), ("RUNNING", "running"), ("class", "class"), ("latency_ms", "latencyMs"),
            ("self", "selfValue"), ("raw_value", "rawValueValue"),
        ])
    func member(name: String, expected: String) {
        #expect(SwiftName.member(name) == expected)
    }

    @Test(
        "names of enum cases, which an optional of the enum must not hide",
        arguments: [
            ("none", "noneValue"), ("NONE", "noneValue"), ("some", "someValue"), ("no_ne", "noNe"), ("on", "on"),
        ])
    func enumCase(name: String, expected: String) {
        #expect(SwiftName.enumCase(name) == expected)
    }

    @Test(
        "names of types",
        arguments: [
            ("message_type", "MessageType"), ("api_key", "APIKey"), ("metadata", "Metadata"), ("type", "TypeValue"),
            ("3d_model", "_3dModelValue"), ("日本", "日本Value"), ("string", "StringValue"),
        ])
    func type(name: String, expected: String) {
        #expect(SwiftName.type(name) == expected)
    }

    @Test(
        "titles that are names of types",
        arguments: [
            ("Address", "Address"), ("MoneyAmount", "MoneyAmount"), ("GraphQL", "GraphQL"), ("HttpUrl", "HTTPURL"),
            ("GPX", "GPX"), ("OrderV2", "OrderV2"), ("ADDRESS", nil), ("address", nil), ("A postal address", nil),
            ("First Name", nil), ("Order_Line", nil), ("2ndLine", nil), ("Größe", nil), ("", nil), ("String", nil),
            ("Type", nil),
        ])
    func title(_ title: String, expected: String?) {
        #expect(SwiftName.type(titled: title) == expected)
    }

    @Test("Swift keywords are escaped", arguments: [("class", "`class`"), ("in", "`in`"), ("job", "job")])
    func escaped(name: String, expected: String) {
        #expect(SwiftName.escaped(name) == expected)
    }

    @Test("equal names have consecutive numbers, however many there are")
    func uniqueNames() {
        var taken: Set<String> = []
        for number in 1...5_000 {
            let name = SwiftName.unique(["a"], besides: taken)
            #expect(name == (number == 1 ? "a" : "a\(number)"))
            taken.insert(name)
        }
    }
}
