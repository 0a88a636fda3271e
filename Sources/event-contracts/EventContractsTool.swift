import ArgumentParser
import ContractModel

@main
struct EventContractsTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event-contracts",
        abstract: "Generate types, validators, factories, topics, metrics and alerts from a contract.",
        discussion: """
            A contract is a folder with a manifest, topics.yaml, and the JSON Schemas that it names. CONTRACT is the \
            manifest's path or that folder; without it, the folder 'schemas' here is taken where it holds a manifest, \
            and this folder elsewhere.

            EXAMPLES
              event-contracts init my-contract          start a contract
              event-contracts lint my-contract          find what is wrong with it
              event-contracts check my-contract --swift Sources/MyContract
              event-contracts generate my-contract --output Sources/MyContract
              event-contracts monitoring my-contract --output monitoring
              event-contracts environment my-contract   list the environment variables of its services
              event-contracts validate my-contract --message OrderMessage orders.jsonl
              event-contracts diff HEAD~1:my-contract my-contract   list what changes, and whom it breaks
              event-contracts docs my-contract --output site        write it as a site
              event-contracts export asyncapi my-contract           write it for other tools

            \(ExitStatus.help)

            Every finding names its place and its rule, as in
              topics.yaml:12:5: error: unknown topic 'job' [unknown-topic]
            'event-contracts --explain unknown-topic' describes the rule.
            """,
        version: packageVersion,
        subcommands: [
            Init.self, Lint.self, Check.self, Generate.self, Monitoring.self, Environment.self, Validate.self,
            Schema.self, Diff.self, SnapshotCommand.self, Docs.self, Export.self, Import.self, Keys.self,
            Templates.self,
            Rules.self,
        ])

    @Option(help: ArgumentHelp("Print the page of a rule.", valueName: "rule"))
    var explain: String?

    func run() throws {
        guard let explain else { throw CleanExit.helpRequest(self) }
        guard let rule = Rule(rawValue: explain) else {
            throw ExitStatus.usage(
                "unknown rule '\(explain)'; "
                    + (Suggestion.nearest(to: explain, among: Rule.allCases.map(\.rawValue)).map {
                        "did you mean '\($0)'?"
                    }
                        ?? "'event-contracts rules' lists all rules"))
        }
        StandardStream.output.write(RulePage(rule).text + "\n")
    }

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
            guard StandardStream.output.wroteAll else {
                throw ExitStatus.fault("standard output could not be written and is incomplete")
            }
        } catch {
            // An unexpected error is a fault of the tool, not of the contract.
            let isExpected = error is ExitCode || exitCode(for: error) != .failure
            exit(withError: isExpected ? error : ExitStatus.fault("\(error)"))
        }
    }
}
