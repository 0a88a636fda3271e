/// A queue that is added to at its end, taken from at its beginning, and keeps its memory.
struct RingBuffer<Element: Sendable>: Sendable {
    private var storage: [Element?] = []
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }
    var first: Element? { count == 0 ? nil : storage[head] }

    mutating func append(_ element: Element) {
        if count == storage.count { grow() }
        storage[(head &+ count) & (storage.count &- 1)] = element
        count += 1
    }

    mutating func prepend(_ element: Element) {
        if count == storage.count { grow() }
        head = (head &- 1) & (storage.count &- 1)
        storage[head] = element
        count += 1
    }

    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = storage[head].take()
        head = (head &+ 1) & (storage.count &- 1)
        count -= 1
        return element
    }

    mutating func removeAll(where isRemoved: (Element) -> Bool) {
        var kept = RingBuffer()
        while let element = popFirst() {
            if !isRemoved(element) { kept.append(element) }
        }
        self = kept
    }

    /// Doubles the capacity, which is a power of two, so that a position is found with a mask.
    private mutating func grow() {
        var larger: [Element?] = []
        larger.reserveCapacity(max(16, storage.count * 2))
        for position in 0..<count { larger.append(storage[(head + position) & (storage.count - 1)]) }
        while larger.count < max(16, storage.count * 2) { larger.append(nil) }
        storage = larger
        head = 0
    }
}
