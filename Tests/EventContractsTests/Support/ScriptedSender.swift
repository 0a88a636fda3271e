import EventContracts
import Locks

/// A sender that runs a closure for each record, and keeps those that it delivers, in order.
final class ScriptedSender: RecordSender {
    private let body: @Sendable (Record) async throws(TransportError) -> Void
    private let state = Lock<(delivered: [Record], offsets: [String: Int64])>(([], [:]))

    init(_ body: @escaping @Sendable (Record) async throws(TransportError) -> Void = { _ throws(TransportError) in }) {
        self.body = body
    }

    var delivered: [Record] { state.withLock { $0.delivered } }

    func send(_ record: Record) async throws(TransportError) -> Delivery {
        try await body(record)
        let offset = state.withLock { state in
            state.delivered.append(record)
            defer { state.offsets[record.topic, default: 0] += 1 }
            return state.offsets[record.topic, default: 0]
        }
        return Delivery(topic: record.topic, partition: 0, offset: offset, timestamp: Bench.time)
    }
}

extension Record {
    var keyText: String { String(decoding: key ?? [], as: UTF8.self) }

    /// The text of a note.
    var noteText: String {
        guard let tape = try? JSONTape(parsing: value ?? []), let text = tape.member(named: "text", of: .root) else {
            return ""
        }
        return tape.string(at: text)
    }
}
