/// Tasks that wait for conditions. Whoever holds it resumes continuations outside of its lock.
struct Waiters<Condition: Sendable> {
    private var entries: [(id: Int, condition: Condition, continuation: CheckedContinuation<Bool, Never>)] = []
    private var cancelledEarly: Set<Int> = []
    private var lastID = 0

    mutating func makeID() -> Int {
        lastID += 1
        return lastID
    }

    /// Adds a waiter; returns `false` where its task was cancelled before.
    mutating func add(_ continuation: CheckedContinuation<Bool, Never>, id: Int, for condition: Condition) -> Bool {
        guard cancelledEarly.remove(id) == nil else { return false }
        entries.append((id, condition, continuation))
        return true
    }

    /// Removes the waiters whose condition is met.
    mutating func remove(where isMet: (Condition) -> Bool) -> [CheckedContinuation<Bool, Never>] {
        let met = entries.filter { isMet($0.condition) }.map(\.continuation)
        entries.removeAll { isMet($0.condition) }
        return met
    }

    /// Removes the waiter of a cancelled task.
    mutating func cancel(_ id: Int) -> CheckedContinuation<Bool, Never>? {
        guard let position = entries.firstIndex(where: { $0.id == id }) else {
            cancelledEarly.insert(id)
            return nil
        }
        return entries.remove(at: position).continuation
    }
}
