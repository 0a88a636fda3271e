import ArgumentParser
import ContractModel
import EventContracts
import KafkaTransport
import Logging
import SchemaRegistry

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The form of a command's output.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json
}

/// The contract, and the form of the output.
struct ContractOptions: ParsableArguments {
    @Argument(
        help: "The manifest, or a folder with topics.yaml. (default: schemas, or . if that has none)",
        completion: .file(extensions: ["yaml"]))
    var contract: String?

    @Option(help: "The form of the output: text or json.")
    var format: OutputFormat = .text

    /// The manifest's path or folder.
    var path: String {
        let inSchemas = "schemas/\(ContractReader.manifestName)"
        return contract ?? (FileManager.default.fileExists(atPath: inSchemas) ? "schemas" : ".")
    }
}

/// The contract, the cluster, and the form of the output.
struct DeployOptions: ParsableArguments {
    @OptionGroup var contract: ContractOptions

    @Option(
        name: .customLong("property"),
        help: ArgumentHelp("A property of librdkafka, such as debug=broker. May be repeated.", valueName: "name=value"))
    var properties: [String] = []

    @Option(help: ArgumentHelp("The time for each answer of the cluster.", valueName: "seconds"))
    var timeout = 30

    @Flag(help: "Write librdkafka's log to standard error.")
    var verbose = false

    func validate() throws {
        guard (1...3600).contains(timeout) else {
            throw ValidationError("expected a timeout of 1 to 3600 seconds, found \(timeout)")
        }
        for property in properties where !property.dropFirst().contains("=") {
            throw ValidationError("expected name=value, found '\(property)'")
        }
    }

    /// Reads the contract.
    func readContract() throws -> Contract {
        var diagnostics = Diagnostics()
        let contract = ContractReader.read(contract.path, diagnostics: &diagnostics)
        StandardStream.error.write(DiagnosticRenderer(format: .text).render(diagnostics.sorted))
        guard let contract, !diagnostics.hasErrors else { throw ExitCode(1) }
        return contract
    }

    /// Finds the health of the schema registry; `nil` where the contract uses none.
    func registryHealth(of contract: Contract) async throws -> TransportHealth? {
        guard contract.registry != nil else { return nil }
        let client: SchemaRegistryClient
        do throws(ConfigurationError) {
            var settings = try KafkaConfiguration(of: contract, logger: logger).schemaRegistry
            settings.requestTimeout = min(settings.requestTimeout, .seconds(timeout))
            // One answer tells the health.
            settings.retries = 0
            client = try SchemaRegistryClient(settings, logger: logger)
        } catch {
            throw ExitStatus.failure("\(error)")
        }
        return await client.health()
    }

    /// Connects to the cluster that the environment names, runs a body, and disconnects.
    ///
    /// - Parameter contract: The contract, where it has been read.
    func withAdmin(
        _ contract: Contract? = nil, _ body: (TopicAdmin, [Topic]) async throws(KafkaError) -> ExitCode
    ) async throws {
        let contract = try contract ?? readContract()
        let admin: TopicAdmin
        do throws(ConfigurationError) {
            let configuration = try KafkaConfiguration(of: contract, logger: logger)
            admin = try TopicAdmin(configuration, options: clientOptions, timeout: .seconds(timeout), logger: logger)
        } catch {
            throw ExitStatus.failure("\(error)")
        }
        let result: Result<ExitCode, KafkaError>
        do throws(KafkaError) { result = .success(try await body(admin, contract.prefixedTopics)) } catch {
            result = .failure(error)
        }
        await admin.close()
        switch result {
        case .success(.success): return
        case .success(let code): throw code
        case .failure(let error): throw ExitStatus.failure("\(error)")
        }
    }

    private var clientOptions: KafkaClientOptions {
        var options = KafkaClientOptions()
        for property in properties {
            let parts = property.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            options.properties[String(parts[0])] = String(parts[1])
        }
        return options
    }

    private var logger: Logger {
        var logger = Logger(label: "event-contracts-deploy") { StreamLogHandler.standardError(label: $0) }
        // A failure is reported by the command itself.
        logger.logLevel = verbose ? .debug : .critical
        return logger
    }

    /// Writes a result in the chosen form.
    func write(text: String, json: [UInt8]) {
        StandardStream.output.write(contract.format == .json ? String(decoding: json, as: UTF8.self) + "\n" : text)
    }
}
