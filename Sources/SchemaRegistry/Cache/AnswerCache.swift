import Locks

/// Answers of the registry that don't change. One request serves all tasks that ask for the same at the same time.
///
/// That something does not exist is kept for some seconds: it may be registered. No other failure is kept.
final class AnswerCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    typealias Answer = Result<Value, SchemaRegistryError>

    private struct Entry {
        let task: Task<Answer, Never>
        let number: UInt64
        /// The end of an answer that does not last.
        var end: ContinuousClock.Instant?
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var order: [Key] = []
        var lastNumber: UInt64 = 0

        mutating func remove(_ key: Key) {
            guard entries.removeValue(forKey: key) != nil else { return }
            order.removeAll { $0 == key }
        }
    }

    private let state = Lock(State())
    private let limit: Int
    private let absenceLifetime: Duration

    /// - Parameters:
    ///   - limit: The number of answers that are kept. More push out the oldest.
    ///   - absenceLifetime: The time for which it is kept that something does not exist.
    init(limit: Int = 10_000, absenceLifetime: Duration) {
        self.limit = limit
        self.absenceLifetime = absenceLifetime
    }

    /// Returns the answer for a key, and asks for it where it is not known.
    ///
    /// The request is not the caller's: it continues where the caller's task is cancelled, since others may wait for it.
    func value(
        of key: Key, request: @escaping @Sendable () async throws(SchemaRegistryError) -> Value
    ) async throws(SchemaRegistryError) -> Value {
        let task = state.withLock { state in
            if let entry = state.entries[key], entry.end.map({ $0 > .now }) ?? true { return entry.task }
            state.lastNumber += 1
            let number = state.lastNumber
            let task = Task<Answer, Never> {
                let answer: Answer
                do throws(SchemaRegistryError) {
                    answer = .success(try await request())
                } catch {
                    answer = .failure(error)
                }
                self.ended(key, number, answer)
                return answer
            }
            if state.entries.updateValue(Entry(task: task, number: number), forKey: key) == nil {
                state.order.append(key)
                if state.order.count > limit { state.entries[state.order.removeFirst()] = nil }
            }
            return task
        }
        return try await task.value.get()
    }

    private func ended(_ key: Key, _ number: UInt64, _ answer: Answer) {
        guard case .failure(let error) = answer else { return }
        state.withLock { state in
            guard state.entries[key]?.number == number else { return }
            if error.isNotFound {
                state.entries[key]?.end = .now + absenceLifetime
            } else {
                state.remove(key)
            }
        }
    }

    func forget(_ key: Key) {
        state.withLock { $0.remove(key) }
    }

    func removeAll() {
        state.withLock { state in
            state.entries = [:]
            state.order = []
        }
    }
}
