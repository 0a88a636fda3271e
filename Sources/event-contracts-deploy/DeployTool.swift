import ArgumentParser
import ContractModel

@main
struct DeployTool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event-contracts-deploy",
        abstract: "Compare a contract with a Kafka cluster and a schema registry, and update them to match.",
        discussion: """
            CONTRACT is the manifest's path or its folder; without it, the folder 'schemas' where it holds a manifest, and \
            this folder elsewhere. The cluster, its security and the names of topics come from the environment and a .env \
            file, by the variables that 'event-contracts environment' lists.

            EXAMPLES
              event-contracts-deploy topics plan my-contract
              event-contracts-deploy topics apply my-contract
              event-contracts-deploy health my-contract --format json
              event-contracts-deploy registry plan my-contract

            \(ExitStatus.help)
            """,
        version: packageVersion,
        subcommands: [Topics.self, Registry.self, Health.self])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            guard StandardStream.output.wroteAll else {
                throw ExitStatus.fault("standard output could not be written; the output is incomplete")
            }
        } catch {
            let isExpected = error is ExitCode || exitCode(for: error) != .failure
            exit(withError: isExpected ? error : ExitStatus.fault("\(error)"))
        }
    }
}

struct Topics: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare topics with a cluster, or create and change them.", subcommands: [Plan.self, Apply.self])
}
