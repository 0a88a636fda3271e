import EventContracts

/// The clients of a pool, with the number of transports that use each.
actor PooledClients {
    /// A client from its creation to its end. Used by the actor only.
    private final class Entry {
        let client: SharedClient
        let identity: [String: String]?
        let start: Task<Result<Void, TransportError>, Never>
        var users = 1
        /// Greater for a client that was used later.
        var lastUse: Int
        /// The end of the client, once it has begun.
        var end: Task<Void, Never>?

        init(_ client: SharedClient, identity: [String: String]?, topics: [String: Topic], lastUse: Int) {
            self.client = client
            self.identity = identity
            self.lastUse = lastUse
            start = Task { await client.start(topics: topics) }
        }
    }

    private let maximum: Int
    private var entries: [Entry] = []
    private var uses = 0
    private var isShutDown = false

    init(maximum: Int) {
        self.maximum = maximum
    }

    var count: Int { entries.count }

    /// Finds or creates a client for a transport, which must return it by ``release(_:)``.
    ///
    /// - Parameters:
    ///   - identity: The settings; `nil` for ones that no other transport has.
    ///   - topics: The topics of the transport, by their names on the broker.
    ///   - make: Creates a client, which has not started.
    func acquire(
        _ identity: [String: String]?, topics: [String: Topic], make: @Sendable () -> KafkaTransport
    ) async throws(TransportError) -> SharedClient {
        let entry = try await reserve(identity, topics: topics, make: make)
        do throws(TransportError) {
            try await entry.start.value.get()
        } catch {
            // The next transport with these settings tries again with a client of its own.
            entry.users -= 1
            if entry.end == nil { end(entry) }
            throw error
        }
        return entry.client
    }

    private func reserve(
        _ identity: [String: String]?, topics: [String: Topic], make: @Sendable () -> KafkaTransport
    ) async throws(TransportError) -> Entry {
        while true {
            if isShutDown { throw TransportError(.notRunning, "the pool was shut down") }
            uses += 1
            if let identity, let entry = entries.first(where: { $0.identity == identity && $0.end == nil }) {
                entry.users += 1
                entry.lastUse = uses
                return entry
            }
            if entries.count < maximum {
                let entry = Entry(SharedClient(make()), identity: identity, topics: topics, lastUse: uses)
                entries.append(entry)
                return entry
            }
            guard let end = makeRoom() else {
                throw TransportError(
                    .queueFull,
                    "all \(maximum) Kafka clients of the pool are in use: shut down a producer, or raise maximumClients"
                )
            }
            await end.value
        }
    }

    /// Begins to close the idle client that was used least recently, unless one is closing already.
    private func makeRoom() -> Task<Void, Never>? {
        if let closing = entries.lazy.compactMap(\.end).first { return closing }
        return entries.filter { $0.users == 0 }.min { $0.lastUse < $1.lastUse }.map { end($0) }
    }

    @discardableResult
    private func end(_ entry: Entry) -> Task<Void, Never> {
        let client = entry.client
        let end = Task {
            await client.close()
            self.entries.removeAll { $0.client === client }
        }
        entry.end = end
        return end
    }

    func release(_ client: SharedClient) async {
        guard let entry = entries.first(where: { $0.client === client }) else { return }
        entry.users -= 1
        if entry.users == 0, isShutDown { await end(entry).value }
    }

    func shutdown() async {
        isShutDown = true
        for entry in entries where entry.users == 0 && entry.end == nil { end(entry) }
        for end in entries.compactMap(\.end) { await end.value }
    }
}
