import ArgumentParser
import EventContracts
import KafkaTransport

struct Health: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the health of the cluster and of the contract's topics.",
        discussion: """
            Unhealthy where no broker answers within the timeout, a topic is missing, or a partition has no leader; degraded \
            where replicas are not in sync.

            EXIT CODES
              0   healthy
              1   unhealthy, or an error in the contract or the configuration
              2   degraded
              64  the command line is wrong
            """)

    @OptionGroup var options: DeployOptions

    func run() async throws {
        try await options.withAdmin { admin, topics throws(KafkaError) in
            let health = await admin.health(topics, deadline: .seconds(options.timeout))
            options.write(text: health.text, json: health.json())
            return switch health.status {
            case .healthy: .success
            case .degraded: ExitStatus.drift
            case .unhealthy: .failure
            }
        }
    }
}
