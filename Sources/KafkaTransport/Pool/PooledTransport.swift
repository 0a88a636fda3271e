import EventContracts
import Locks

/// The transport of one producer, on a client that a pool shares.
final class PooledTransport: Transport {
    /// librdkafka retries by itself.
    var failuresAreFinal: Bool { true }

    private struct Running: Sendable {
        let client: SharedClient
        let member: SharedClient.Member
        let topics: Set<String>
    }

    private enum Phase {
        case idle
        case starting
        case running(Running)
        case stopped
    }

    private let clients: PooledClients
    private let identity: [String: String]?
    private let make: @Sendable () -> KafkaTransport
    private let phase = Lock(Phase.idle)

    init(clients: PooledClients, identity: [String: String]?, make: @escaping @Sendable () -> KafkaTransport) {
        self.clients = clients
        self.identity = identity
        self.make = make
    }

    private var running: Running? {
        phase.withLock { if case .running(let running) = $0 { running } else { nil } }
    }

    func start(_ session: TransportSession) async throws(TransportError) {
        let mayStart = phase.withLock { phase in
            guard case .idle = phase else { return false }
            phase = .starting
            return true
        }
        guard mayStart else { throw TransportError(.notRunning, "started already, or shut down") }
        do throws(TransportError) {
            try await run(session)
        } catch {
            phase.withLock { phase in
                if case .starting = phase { phase = .idle }
            }
            throw error
        }
    }

    private func run(_ session: TransportSession) async throws(TransportError) {
        let client = try await clients.acquire(identity, topics: session.topics, make: make)
        let topics = Set(session.topics.keys)
        do throws(TransportError) {
            try await client.prepare(topics: topics)
        } catch {
            await clients.release(client)
            throw error
        }
        let running = Running(client: client, member: client.join(session.sink), topics: topics)
        let isRunning = phase.withLock { phase in
            guard case .starting = phase else { return false }
            phase = .running(running)
            return true
        }
        guard isRunning else {
            client.leave(running.member)
            await clients.release(client)
            throw TransportError(.notRunning, "the transport was shut down while it started")
        }
    }

    func enqueue(_ records: [OutboundRecord]) -> Int {
        guard let running else { return 0 }
        return running.client.enqueue(records, of: running.member)
    }

    func flush() async throws(TransportError) {
        guard let running else { throw TransportError(.notRunning, "not started, or shut down") }
        await running.client.flush(running.member)
    }

    func health() async -> TransportHealth {
        guard let running else { return TransportHealth(.unhealthy, details: ["state": "not running"]) }
        return await running.client.health(of: running.topics)
    }

    func shutdown() async {
        let running: Running? = phase.withLock { phase in
            defer { phase = .stopped }
            return if case .running(let running) = phase { running } else { nil }
        }
        guard let running else { return }
        running.client.leave(running.member)
        await clients.release(running.client)
    }
}
