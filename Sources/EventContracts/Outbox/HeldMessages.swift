/// Messages that wait for room in the background, and messages of their keys that were sent after them, in the order of
/// their acceptance.
struct HeldMessages: Sendable {
    /// A topic, and a key's bytes in a message's own memory.
    private struct Key: Hashable, Sendable {
        let message: OutgoingMessage

        /// - Returns: `nil` for a message without a key, which has no order.
        init?(_ message: OutgoingMessage) {
            guard message.key != nil else { return nil }
            self.message = message
        }

        private func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
            withExtendedLifetime(message) { body(message.key ?? UnsafeRawBufferPointer(start: nil, count: 0)) }
        }

        static func == (a: Key, b: Key) -> Bool {
            a.message.topic == b.message.topic && a.withBytes { a in b.withBytes { a.elementsEqual($0) } }
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(message.topic)
            withBytes { hasher.combine(bytes: $0) }
        }
    }

    /// Those included that have given up meanwhile.
    private var ids = RingBuffer<RecordID>()
    /// The number of messages of each key.
    private var keys: [Key: Int] = [:]

    var isEmpty: Bool { ids.isEmpty }
    var first: RecordID? { ids.first }

    /// Returns whether a message would overtake one of its key.
    func contains(keyOf message: OutgoingMessage) -> Bool {
        guard !keys.isEmpty, let key = Key(message) else { return false }
        return keys[key] != nil
    }

    mutating func append(_ id: RecordID, _ message: OutgoingMessage) {
        ids.append(id)
        if let key = Key(message) { keys[key, default: 0] += 1 }
    }

    mutating func removeFirst() {
        _ = ids.popFirst()
    }

    /// Lets later messages of a message's key pass, once the message no longer waits here.
    mutating func release(keyOf message: OutgoingMessage) {
        guard let key = Key(message), let count = keys[key] else { return }
        keys[key] = count > 1 ? count - 1 : nil
    }
}
