/// Times at which waiting messages give up, the earliest first: a binary heap.
///
/// An entry is not removed when its message is completed: it is skipped when its time comes, and all such entries are
/// dropped when they are most of the heap. With equal timeouts an insertion is one comparison, and memory is bounded by
/// twice the number of waiting messages.
struct DeadlineQueue<Target: Sendable>: Sendable {
    private struct Entry: Sendable {
        let due: Duration
        let target: Target
    }

    private var heap: [Entry] = []

    /// The earliest time, that of a completed message included.
    var earliest: Duration? { heap.first?.due }

    mutating func insert(_ target: Target, due: Duration) {
        heap.append(Entry(due: due, target: target))
        siftUp(from: heap.count - 1)
    }

    /// Returns whether most entries belong to messages that no longer wait.
    func needsCompaction(waiting: Int) -> Bool {
        heap.count > 64 && heap.count > 2 * waiting
    }

    /// Drops the entries of messages that no longer wait.
    mutating func compact(isWaiting: (Target) -> Bool) {
        heap.removeAll { !isWaiting($0.target) }
        for position in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(from: position) }
    }

    /// Takes out the earliest entry if its time has come.
    mutating func popDue(at now: Duration) -> Target? {
        guard let first = heap.first, first.due <= now else { return nil }
        return popFirst()
    }

    /// Drops entries from the front until the earliest belongs to a message that waits.
    mutating func dropCompleted(isWaiting: (Target) -> Bool) {
        while let first = heap.first, !isWaiting(first.target) { _ = popFirst() }
    }

    private mutating func popFirst() -> Target? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            siftDown(from: 0)
        }
        return first.target
    }

    private mutating func siftUp(from start: Int) {
        var position = start
        while position > 0 {
            let parent = (position - 1) / 2
            guard heap[position].due < heap[parent].due else { return }
            heap.swapAt(position, parent)
            position = parent
        }
    }

    private mutating func siftDown(from start: Int) {
        var position = start
        while true {
            var smallest = position
            for child in [2 * position + 1, 2 * position + 2]
            where child < heap.count && heap[child].due < heap[smallest].due {
                smallest = child
            }
            guard smallest != position else { return }
            heap.swapAt(position, smallest)
            position = smallest
        }
    }
}
