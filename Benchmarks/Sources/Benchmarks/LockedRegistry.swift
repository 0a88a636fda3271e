import Synchronization

/// What a registry of metrics commonly is: a lock around a dictionary, with the labels' values as keys.
final class LockedRegistry: Sendable {
    private struct Key: Hashable {
        var name: String
        var labels: [String]
    }

    private struct Histogram {
        var counts: [UInt64]
        var sum = 0.0
    }

    private let counters = Mutex<[Key: UInt64]>([:])
    private let histograms = Mutex<[Key: Histogram]>([:])

    func increment(_ name: String, labels: [String]) {
        counters.withLock { $0[Key(name: name, labels: labels), default: 0] += 1 }
    }

    func observe(_ value: Double, _ name: String, labels: [String], upperBounds: [Double]) {
        histograms.withLock { histograms in
            let bucket = upperBounds.firstIndex { value <= $0 } ?? upperBounds.count
            let empty = Histogram(counts: Array(repeating: 0, count: upperBounds.count + 1))
            histograms[Key(name: name, labels: labels), default: empty].counts[bucket] += 1
            histograms[Key(name: name, labels: labels), default: empty].sum += value
        }
    }
}
