import ArgumentParser
import ContractEvolution
import EventContracts
import JSONTape
import KafkaTransport

struct Health: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the health of the cluster, of the contract's topics and of the schema registry.",
        discussion: """
            Unhealthy where no broker answers within the timeout, a topic is missing, or a partition has no leader; degraded \
            where replicas are not in sync, or the schema registry does not answer. The registry is asked where the manifest \
            has 'registry'.

            EXIT CODES
              0   healthy
              1   unhealthy, or an error in the contract or the configuration
              2   degraded
              64  the command line is wrong
            """)

    @OptionGroup var options: DeployOptions

    func run() async throws {
        let contract = try options.readContract()
        let registry = try await options.registryHealth(of: contract)
        try await options.withAdmin(contract) { admin, topics throws(KafkaError) in
            let health = await admin.health(topics, deadline: .seconds(options.timeout))
            options.write(text: health.text + (registry?.text ?? ""), json: json(health, registry))
            return switch health.status {
            case .healthy: registry?.status == .unhealthy ? ExitStatus.drift : .success
            case .degraded: ExitStatus.drift
            case .unhealthy: .failure
            }
        }
    }

    /// Returns the cluster's health as an object, with the registry's as a member.
    private func json(_ health: ClusterHealth, _ registry: TransportHealth?) -> [UInt8] {
        let json = health.json()
        guard let registry, let tape = try? JSONTape(parsing: json),
            case .object(var members)? = try? tape.value(at: .root)
        else { return json }
        var own: JSONObject = ["status": .string(registry.status.rawValue)]
        for (name, value) in registry.details.sorted(by: { $0.key < $1.key }) { own[name] = .string(value) }
        members["schema_registry"] = .object(own)
        return Array(JSONValue.object(members).jsonText.utf8)
    }
}

extension TransportHealth {
    /// A schema registry's health for a person.
    fileprivate var text: String {
        "schema registry: \(status.rawValue)\n" + (details["reason"].map { "  \($0)\n" } ?? "")
    }
}
