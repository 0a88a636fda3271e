import Foundation
import Testing

@Suite("event-contracts environment") struct EnvironmentCommandTests {
    @Test("the table has every variable of the contract with its default")
    func table() throws {
        let tool = try Tool.run("environment", "schemas")
        #expect(tool.status == 0 && tool.errors.isEmpty)
        let lines = tool.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix("VARIABLE ") == true)
        for (name, value) in [
            ("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092"), ("KAFKA_JOBS_TOPIC", "tda_jobs"),
            ("KAFKA_TOPIC_PREFIX", "tda_"), ("KAFKA_CLIENT_ID", "tda-backend-producer"), ("KAFKA_SASL_PASSWORD", "-"),
            ("KAFKA_LINGER_MS", "10"),
        ] {
            let words = lines.first { $0.hasPrefix(name + " ") }?.split(separator: " ") ?? []
            #expect(words.dropFirst().first.map(String.init) == value)
        }
    }

    @Test("a template has every variable of the table, commented out")
    func template() throws {
        let names = try Tool.run("environment", "schemas").output.split(separator: "\n").dropFirst()
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        let template = try Tool.run("environment", "schemas", "--as", "env")
        #expect(template.status == 0)
        let settings = template.output.split(separator: "\n").filter {
            $0.hasPrefix("#KAFKA_") || $0.hasPrefix("#SCHEMA_")
        }
        #expect(settings.map { $0.dropFirst().prefix { $0 != "=" } }.map(String.init) == names)
        #expect(template.output.split(separator: "\n").allSatisfy { $0.hasPrefix("#") })
    }

    @Test("the keys of a contract that encrypts are in each form, once for each name")
    func encryptionKeys() throws {
        let contract = "Tests/Fixtures/Contracts/Sensitive"
        let lines = try Tool.run("environment", contract).output.split(separator: "\n")
            .filter { $0.hasPrefix("MESSAGE_ENCRYPTION_") }.map { $0.split(separator: " ").joined(separator: " ") }
        #expect(
            lines == [
                "MESSAGE_ENCRYPTION_KEYS_PERSONAL_DATA - secret Keys personal-data for aes-256-gcm: ID:KEY, the current "
                    + "one first, separated by commas; never shown",
                "MESSAGE_ENCRYPTION_KEYS_PERSONAL_DATA_FILE - path File with the keys personal-data, if they are not in "
                    + "the variable itself",
                "MESSAGE_ENCRYPTION_KEYS_MEDICAL_DATA - secret Keys medical-data for fernet: ID:KEY, the current one "
                    + "first, separated by commas; never shown",
                "MESSAGE_ENCRYPTION_KEYS_MEDICAL_DATA_FILE - path File with the keys medical-data, if they are not in "
                    + "the variable itself",
            ])
        let template = try Tool.run("environment", contract, "--as", "env").output
        #expect(template.contains("# --- Encryption ---\n\n# Keys personal-data for aes-256-gcm"))
        #expect(template.contains("\n#MESSAGE_ENCRYPTION_KEYS_PERSONAL_DATA=''\n"))
        #expect(!(try Tool.run("environment", "schemas").output.contains("ENCRYPTION")))
    }

    @Test("the documentation contains the table of the contract in schemas")
    func documentation() throws {
        let table = try Tool.run("environment", "schemas", "--as", "markdown").output
        let page = try String(
            contentsOfFile: Tool.root + "/Sources/EventContracts/EventContracts.docc/Configuration.md", encoding: .utf8)
        #expect(
            page.contains(table),
            "replace the table by the output of: event-contracts environment schemas --as markdown")
    }

    @Test("a contract with errors is reported")
    func errors() throws {
        try Tool.inFolder { folder in
            let tool = try Tool.run("environment", folder)
            #expect(tool.status == 1)
            #expect(tool.output.isEmpty && tool.errors.contains("[missing-file]"))
        }
    }

    @Test("no variable is printed twice: topics of one variable are errors")
    func collision() throws {
        try Tool.inFolder { folder in
            let fixture = Tool.root + "/Tests/Fixtures/Rules"
            let manifest = try String(contentsOfFile: fixture + "/base/topics.yaml", encoding: .utf8)
                .replacing(
                    "topics:\n",
                    with: "topics:\n  a-b: {partitions: 1, replication: 1}\n  A_B: {partitions: 1, replication: 1}\n",
                    maxReplacements: 1)
            try manifest.write(toFile: folder + "/topics.yaml", atomically: true, encoding: .utf8)
            try FileManager.default.copyItem(
                atPath: fixture + "/base/order.schema.json", toPath: folder + "/order.schema.json")
            let tool = try Tool.run("environment", folder)
            #expect(tool.status == 1 && tool.output.isEmpty)
            #expect(tool.errors.components(separatedBy: "[variable-collision]").count == 3)
        }
    }
}
