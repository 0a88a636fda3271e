/// A quantile of classic histograms, interpolated within a bucket.
struct HistogramQuantile {
    private struct Bucket {
        var bound: Double
        var count: Double
    }

    private let quantile: Double

    init(_ quantile: Double) {
        self.quantile = quantile
    }

    /// Returns a sample for each set of buckets. Samples without a bound are ignored.
    func samples(of buckets: [Evaluator.Sample]) -> [Evaluator.Sample] {
        var sets: [[String: String]: [Bucket]] = [:]
        var order: [[String: String]] = []
        for sample in buckets {
            guard let bound = sample.labels["le"].flatMap(Self.bound) else { continue }
            var labels = sample.labels.withoutName
            labels["le"] = nil
            if sets[labels] == nil { order.append(labels) }
            sets[labels, default: []].append(Bucket(bound: bound, count: sample.value))
        }
        return order.map { Evaluator.Sample(labels: $0, value: value(of: sets[$0] ?? [])) }
    }

    private static func bound(_ text: String) -> Double? {
        switch text.lowercased() {
        case "+inf", "inf": .infinity
        default: Double(text)
        }
    }

    private func value(of buckets: [Bucket]) -> Double {
        if quantile.isNaN { return .nan }
        if quantile < 0 { return -.infinity }
        if quantile > 1 { return .infinity }
        let buckets = monotonic(merged(buckets.sorted { $0.bound < $1.bound }))
        guard buckets.count >= 2, let last = buckets.last, last.bound == .infinity, last.count != 0 else { return .nan }
        var rank = quantile * last.count
        let index = buckets.dropLast().firstIndex { $0.count >= rank } ?? buckets.count - 1
        if index == buckets.count - 1 { return buckets[index - 1].bound }
        var (lower, count) = (0.0, buckets[index].count)
        if index == 0 {
            if buckets[0].bound <= 0 { return buckets[0].bound }
        } else {
            lower = buckets[index - 1].bound
            count -= buckets[index - 1].count
            rank -= buckets[index - 1].count
        }
        return lower + (buckets[index].bound - lower) * (rank / count)
    }

    /// Adds the counts of equal bounds.
    private func merged(_ buckets: [Bucket]) -> [Bucket] {
        buckets.reduce(into: []) { merged, bucket in
            if let last = merged.last, last.bound == bucket.bound {
                merged[merged.count - 1].count += bucket.count
            } else {
                merged.append(bucket)
            }
        }
    }

    /// Raises counts that are lower than those of smaller bounds, which were scraped at another time.
    private func monotonic(_ buckets: [Bucket]) -> [Bucket] {
        var buckets = buckets
        guard var highest = buckets.first?.count else { return [] }
        for index in buckets.indices.dropFirst() {
            if buckets[index].count > highest {
                highest = buckets[index].count
            } else if buckets[index].count < highest {
                buckets[index].count = highest
            }
        }
        return buckets
    }
}
