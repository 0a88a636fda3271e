import Locks

/// The values of a label that are unknown beforehand. The first ones each have a series, up to a bound;
/// all others are counted together, so that strange input can't fill the memory.
///
/// ```swift
/// let kinds = BoundedLabel(atMost: 100)
/// let results = CounterFamily("results_total", help: "Results.", labels: [Label("result_type", kinds)])
/// results.increment(at: kinds.index(of: "persistence_diagram"))
/// ```
///
/// Looking a value up takes a lock. Values are compared by their bytes, as in Prometheus.
public final class BoundedLabel: Sendable {
    private struct Key: Hashable {
        var value: String

        static func == (a: Key, b: Key) -> Bool { a.value.utf8.elementsEqual(b.value.utf8) }

        func hash(into hasher: inout Hasher) {
            for byte in value.utf8 { hasher.combine(byte) }
        }
    }

    private struct State {
        var indices: [Key: Int] = [:]
        var values: [String] = []
    }

    /// The number of values with a series of their own.
    public let bound: Int
    /// The value for all others.
    public let other: String
    private let state = Lock(State())

    /// The most values: families have memory for each of them from the start.
    private static let mostValues = 1_000_000

    /// Creates a label without values.
    ///
    /// - Parameters:
    ///   - bound: The number of values with a series of their own, from zero to a million.
    ///   - other: The value for all others.
    public init(atMost bound: Int, other: String = "other") {
        self.bound = min(max(0, bound), Self.mostValues)
        self.other = other
    }

    /// The number of values that a family has room for: the bound, and one for all others, which comes last.
    public var count: Int { bound + 1 }

    /// Returns the index of a value: its own if it is among the first ones, otherwise that of all others.
    public func index(of value: String) -> Int {
        let key = Key(value: value)
        if key == Key(value: other) { return bound }
        return state.withLock { state in
            if let index = state.indices[key] { return index }
            guard state.values.count < bound else { return bound }
            state.indices[key] = state.values.count
            state.values.append(value)
            return state.values.count - 1
        }
    }

    func value(at index: Int) -> String? {
        if index == bound { return other }
        return state.withLock { $0.values.indices.contains(index) ? $0.values[index] : nil }
    }

    /// The values so far, sorted by their bytes, and last the one for all others: an order that does not depend on which was
    /// met first.
    var numberedValues: [(index: Int, value: String)] {
        let met = state.withLock { $0.values }.enumerated().map { (index: $0.offset, value: $0.element) }
        return met.sorted { $0.value.utf8.lexicographicallyPrecedes($1.value.utf8) } + [(bound, other)]
    }
}
