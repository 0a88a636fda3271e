import ArgumentParser
import ContractEvolution
import ContractModel
import EventContracts
import JSONTape
import Logging
import SchemaCompiler
import SchemaRegistry

/// The contract, the registry, and the form of the output.
struct RegistryOptions: ParsableArguments {
    @OptionGroup var contract: ContractOptions

    @Flag(help: "Write retries to standard error.")
    var verbose = false

    /// Plans the contract's schemas for the registry that the environment names, and runs a body with the plan.
    func withPlan(
        _ body: (SchemaRegistryClient, RegistryPlan) async throws -> ExitCode
    ) async throws {
        var diagnostics = Diagnostics()
        let read = ContractReader.read(contract.path, diagnostics: &diagnostics)
        let compiled = read.map { ContractCompiler.compile($0, diagnostics: &diagnostics) }
        StandardStream.error.write(DiagnosticRenderer(format: .text).render(diagnostics.sorted))
        guard let compiled, !diagnostics.hasErrors else { throw ExitCode(1) }
        guard let registry = compiled.registry else {
            throw ExitStatus.failure(
                "the manifest has no 'registry'; add \"registry: {subjects: topic_name}\" to \(contract.path)")
        }
        let code: ExitCode
        do {
            let configuration = try KafkaConfiguration(of: compiled.contract, logger: logger)
            let client = try SchemaRegistryClient(configuration.schemaRegistry, logger: logger)
            let planner = RegistryPlanner(client: client, contract: compiled, names: configuration.topicNames)
            code = try await body(client, try await planner.plan(registry))
        } catch let error as ConfigurationError {
            throw ExitStatus.failure("\(error)")
        } catch let error as SchemaRegistryError {
            throw ExitStatus.failure("\(error)")
        }
        if code != .success { throw code }
    }

    private var logger: Logger {
        var logger = Logger(label: "event-contracts-deploy") { StreamLogHandler.standardError(label: $0) }
        // A failure is reported by the command itself.
        logger.logLevel = verbose ? .debug : .critical
        return logger
    }

    /// Writes a result in the chosen form.
    func write(text: String, json: JSONValue) {
        StandardStream.output.write(contract.format == .json ? json.jsonText + "\n" : text)
    }
}
