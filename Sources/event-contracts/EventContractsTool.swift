import ArgumentParser

@main
struct EventContractsTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event-contracts",
        abstract: "Writes what must agree with a contract: types, validators, factories, topics, metrics and alerts.",
        discussion: """
            A contract is a folder with a manifest, topics.yaml, and the JSON Schemas that it names. CONTRACT is the \
            manifest's path or that folder; without it, the folder 'schemas' here is taken where it holds a manifest, \
            and this folder elsewhere.

            EXAMPLES
              event-contracts init my-contract          start a contract
              event-contracts lint my-contract          find what is wrong with it
              event-contracts generate my-contract --output Sources/MyContract
              event-contracts monitoring my-contract --output monitoring
              event-contracts validate my-contract --message OrderMessage orders.jsonl

            EXIT CODES
              0   all is well
              1   something was found: a diagnostic, a difference, an invalid message
              64  the command line is wrong
              70  the tool itself failed

            Every finding names its place and its rule, as in
              topics.yaml:12:5: error: there is no topic 'job' [unknown-topic]
            """,
        version: "0.1.0",
        subcommands: [Init.self, Lint.self, Generate.self, Monitoring.self, Validate.self, Templates.self])
}
