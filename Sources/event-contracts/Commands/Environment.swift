import ArgumentParser
import ContractEvolution
import ContractModel
import KafkaSettings
import SchemaCompiler

struct Environment: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the environment variables that a contract's services read.",
        discussion: """
            The library EventContractsConfiguration reads them, from the environment and a .env file.

            EXAMPLES
              event-contracts environment my-contract
              event-contracts environment my-contract --as env > .env

            \(ExitStatus.help)
            """)

    /// The forms of the list.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case table, env, markdown
    }

    @OptionGroup var contract: ContractArgument

    @Option(name: .customLong("as"), help: "The form: table, env (a template of a .env file), or markdown.")
    var form: Form = .table

    @OptionGroup var options: ReportOptions

    func run() throws {
        var diagnostics = Diagnostics(today: .today)
        let contract = try contract.compile(options.reporter, diagnostics: &diagnostics).contract.contract
        options.reporter.report(diagnostics)
        let variables = EnvironmentVariable.all(
            service: contract.service.value, topicPrefix: contract.topicPrefix,
            topics: contract.topics.map { ($0.key.value, $0.name) })
        switch form {
        case .table: StandardStream.output.write(EnvironmentText.table(variables))
        case .markdown: StandardStream.output.write(EnvironmentText.markdown(variables))
        case .env:
            StandardStream.output.write(
                EnvironmentText.template(variables, of: "\(contract.name.value) \(contract.version.value)"))
        }
    }
}
