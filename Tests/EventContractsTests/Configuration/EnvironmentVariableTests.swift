import EventContracts
import EventContractsConfiguration
import EventContractsTesting
import Foundation
import KafkaSettings
import Logging
import Testing

@Suite("The table of environment variables")
struct EnvironmentVariableTests {
    @Test("the defaults in the table are those of a configuration")
    func defaults() throws {
        let variables = EnvironmentVariable.all(
            service: "s", topicPrefix: Topic.notes.prefix, topics: [(Topic.notes.key, Topic.notes.name)],
            encryptionKeys: [])
        var environment: [String: String] = [:]
        for variable in variables { environment[variable.name] = variable.defaultValue }
        var configuration = try KafkaConfiguration(
            environment: environment, environmentFile: .none, service: "s", topics: [.notes])
        // Set to the contract's own.
        #expect(configuration.topicNames == TopicNames(prefix: "test_", overrides: ["notes": "test_notes"]))
        configuration.topicNames = TopicNames()
        #expect(configuration == KafkaConfiguration(service: "s"))
    }

    @Test("every variable of the table is read", arguments: KafkaVariable.allCases)
    func isRead(variable: KafkaVariable) {
        // No variable takes a line break, so that each that is read has a problem.
        let error = #expect(throws: ConfigurationError.self) {
            try KafkaConfiguration(
                environment: [variable.rawValue: "a\nb"], environmentFile: .none, service: "s", topics: [])
        }
        #expect(error?.problems.map(\.subject) == [variable.rawValue])
    }

    @Test("numbers at their bounds are accepted, those beyond are problems", arguments: KafkaVariable.allCases)
    func bounds(variable: KafkaVariable) {
        guard case .number(let range, _) = variable.description.values else { return }
        func problems(_ value: String) -> [String] {
            var environment = ["KAFKA_ENABLE_IDEMPOTENCE": "false", "KAFKA_DELIVERY_TIMEOUT_MS": String(Int32.max)]
            environment["KAFKA_LINGER_MS"] = "0"
            environment["KAFKA_REQUEST_TIMEOUT_MS"] = "1"
            environment[variable.rawValue] = value
            do throws(ConfigurationError) {
                _ = try KafkaConfiguration(
                    environment: environment, environmentFile: .none, service: "s", topics: [])
                return []
            } catch {
                return error.problems.map(\.description)
            }
        }
        #expect(problems(String(range.lowerBound)) == [])
        #expect(problems(String(range.upperBound)) == [])
        let expected =
            "\(variable.rawValue): expected a whole number from \(range.lowerBound) to \(range.upperBound), found "
        #expect(problems(String(range.lowerBound - 1)) == [expected + "'\(range.lowerBound - 1)'"])
        #expect(problems("\(range.upperBound)0") == [expected + "'\(range.upperBound)0'"])
    }
}

@Suite("Unknown environment variables")
struct UnknownVariableTests {
    private func read(
        _ environment: [String: String], file: String = ""
    ) throws -> (problems: [String], warnings: [String]) {
        let file = try TemporaryFile(file)
        defer { file.remove() }
        let log = LogRecorder()
        func warnings() -> [String] {
            log.lines.filter { $0.level == .warning }.map {
                "\($0.metadata["variable"] ?? ""): \($0.metadata["hint"] ?? "")"
            }
        }
        do throws(ConfigurationError) {
            _ = try KafkaConfiguration(
                environment: environment, environmentFile: .required(file.path), service: "s",
                topics: [.notes, .marks],
                logger: log.logger)
            return ([], warnings())
        } catch {
            return (error.problems.map { $0.description.replacing(file.path, with: ".env") }, warnings())
        }
    }

    private static let misspelt = [
        ("KAFKA_TOPIC_PREFX", "did you mean KAFKA_TOPIC_PREFIX?"),
        ("KAFKA_NOTE_TOPIC", "did you mean KAFKA_NOTES_TOPIC?"),
        ("KAFKA_BOOTSTRAP_SERVER", "did you mean KAFKA_BOOTSTRAP_SERVERS?"),
        ("kafka_compresion_type", "did you mean KAFKA_COMPRESSION_TYPE?"),
        ("SCHEMA_REGISTRY_URI", "did you mean SCHEMA_REGISTRY_URL?"),
        ("KAFKA_LINGER", "did you mean KAFKA_LINGER_MS?"),
        ("KAFKA_BILLING_TOPIC", "the contract's topics are set by KAFKA_NOTES_TOPIC, KAFKA_MARKS_TOPIC"),
    ]

    @Test("a misspelt variable in a .env file is a problem with a suggestion", arguments: misspelt)
    func inFile(name: String, hint: String) throws {
        let found = try read([:], file: "# comment\n\(name)=hunter2\n")
        #expect(found.problems == [".env:2: unknown variable \(name.uppercased()); \(hint)"])
        #expect(found.warnings == [])
    }

    @Test("a misspelt variable in the environment is a warning with a suggestion", arguments: misspelt)
    func inEnvironment(name: String, hint: String) throws {
        let found = try read([name: "hunter2"])
        #expect(found.problems == [])
        #expect(found.warnings == ["\(name.uppercased()): \(hint)"])
    }

    @Test(
        "another program's variable is ignored in the environment and a warning in a file",
        arguments: ["KAFKA_HEAP_OPTS", "KAFKA_SERVICE_HOST", "KAFKA_PORT_9092_TCP_ADDR", "SCHEMA_REGISTRY_HOST_NAME"])
    func foreign(name: String) throws {
        #expect(try read([name: "x"]).warnings == [])
        let found = try read([:], file: "\(name)=x")
        #expect(found.problems == [])
        #expect(found.warnings == ["\(name): the contract does not use it"])
    }

    @Test("variables of the contract, and those without our prefixes, are not unknown")
    func known() throws {
        let found = try read(
            ["PATH": "x", "KAFKA_NOTES_TOPIC": "a", "KAFKAESQUE": "x"], file: "kafka_acks=all\nDEBUG=1")
        #expect(found.problems == [] && found.warnings == [])
    }
}

@Suite("Secrets in the problems of a configuration")
struct ConfigurationSecretTests {
    /// Texts in which a marker stands for a password.
    private static func texts(_ marker: String) -> [String] {
        [
            marker, "user:\(marker)@host:9092", "host:9092,\(marker)", "user:\(marker)", "http://user:\(marker)@host",
            "https://host?token=\(marker)", "ftp://host?token=\(marker)", "http://host:\(marker)", "\(marker)://host",
            "x\nKAFKA_SASL_PASSWORD=\(marker)", "x=\(marker)", "\(marker)\u{7}", "all \(marker)", "1\(marker)",
            "\(marker)ms",
        ]
    }

    private func problems(_ environment: [String: String], _ source: EnvironmentFileSource, _ log: LogRecorder)
        -> String
    {
        do throws(ConfigurationError) {
            _ = try KafkaConfiguration(
                environment: environment, environmentFile: source, service: "s", topics: [.notes, .marks],
                logger: log.logger)
            return ""
        } catch {
            return "\(error) \(error.localizedDescription)"
        }
    }

    private static let marker = "m4rkerSecret"
    private static let names = KafkaVariable.allCases.map(\.rawValue) + ["KAFKA_NOTES_TOPIC"]

    @Test("no problem and no log line quotes a secret that any variable contains", arguments: names)
    func environment(name: String) throws {
        var count = 0
        for text in Self.texts(Self.marker) {
            let log = LogRecorder()
            var environment = ["KAFKA_TOPIC_PREFX": Self.marker, "KAFKA_SSL_CERTFILE": "/cert"]
            environment[name] = text
            let found = problems(environment, .none, log)
            #expect(!found.contains(Self.marker), "\(name)=\(text.debugDescription)")
            #expect(!"\(log.lines)".contains(Self.marker))
            if !found.isEmpty { count += 1 }
        }
        #expect(count > 1)
    }

    @Test("no problem of a .env file quotes a secret", arguments: names)
    func file(name: String) throws {
        for text in Self.texts(Self.marker) {
            for line in [
                "\(name)=\(text)", "\(name)=\"\(text)", "\(name)='\(text)", "\(name)=\"\(text)\" \(Self.marker)",
                "\(name)=\"a\nKAFKA_SASL_PASSWORD=\(text)\nKAFKA_ACKS=\"", "\(name) \(text)", "\(name)=${\(text)}",
                "\(name)=\"a\nKAFKA_SASL_PASSWORD=\(text)\nB=\"x\"", "KAFKA_\(text)=1", "\(text)",
                "\(name)='\n\(text)='",
            ] {
                let log = LogRecorder()
                let file = try TemporaryFile(line + "\nKAFKA_SSL_KEYFILE=/key\n")
                defer { file.remove() }
                #expect(!problems([:], .required(file.path), log).contains(Self.marker), "\(line)")
                #expect(!"\(log.lines)".contains(Self.marker), "\(line)")
            }
        }
    }

    @Test("a number that is the password is not quoted")
    func knownSecret() {
        let found = problems(["KAFKA_SASL_PASSWORD": "2345678", "KAFKA_LINGER_MS": "2345678"], .none, LogRecorder())
        #expect(found.hasPrefix("KAFKA_LINGER_MS: expected a whole number from 0 to 900000 (the value is not shown"))
    }
}
