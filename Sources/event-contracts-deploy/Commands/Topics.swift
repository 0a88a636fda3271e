import ArgumentParser
import KafkaTransport

/// The replication for clusters with fewer brokers than the contract requires.
struct ReplicationOption: ParsableArguments {
    @Option(help: "The replication of all topics, in place of the contract's. Lowers min.insync.replicas to it.")
    var replication: Int?

    func validate() throws {
        if let replication, !(1...Int(Int16.max)).contains(replication) {
            throw ValidationError("expected a replication of 1 to \(Int16.max), found \(replication)")
        }
    }
}

struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the changes that would make the cluster's topics match the contract.",
        discussion: """
            Changes nothing. Values are compared by meaning, and a value that the brokers have by default needs no change.

            EXAMPLES
              event-contracts-deploy topics plan my-contract
              event-contracts-deploy topics plan my-contract --replication 1 --format json

            \(ExitStatus.help)
            """)

    @OptionGroup var options: DeployOptions
    @OptionGroup var replication: ReplicationOption

    func run() async throws {
        try await options.withAdmin { admin, topics throws(KafkaError) in
            let plan = try await admin.plan(topics, replication: replication.replication)
            options.write(text: plan.text, json: plan.json())
            return plan.hasDrift ? ExitStatus.drift : .success
        }
    }
}

struct Apply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create and change the cluster's topics to match the contract.",
        discussion: """
            Never removes partitions, never deletes a topic, and leaves configs alone that the contract does not name. A \
            second run does nothing. Changes that lack a consent are refused, and the exit code is 2.

            EXAMPLES
              event-contracts-deploy topics apply my-contract
              event-contracts-deploy topics apply my-contract --grow-partitions

            \(ExitStatus.help)
            """)

    @OptionGroup var options: DeployOptions
    @OptionGroup var replication: ReplicationOption

    @Flag(help: "Consent to more partitions, which moves keys to other partitions.")
    var growPartitions = false

    @Flag(help: "Consent to changes that may lose records: shorter retention, unclean leaders.")
    var allowDataLoss = false

    func run() async throws {
        let consent = TopicConsent(growsPartitions: growPartitions, allowsDataLoss: allowDataLoss)
        try await options.withAdmin { admin, topics throws(KafkaError) in
            let plan = try await admin.plan(topics, replication: replication.replication)
            let report = try await admin.apply(plan, consent: consent)
            options.write(text: report.text, json: report.json())
            if !report.failures.isEmpty { return .failure }
            return report.isComplete ? .success : ExitStatus.drift
        }
    }
}
