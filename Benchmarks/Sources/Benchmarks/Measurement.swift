/// Times operations side by side: in turns, so that a machine whose speed drifts treats all alike.
struct Measurement {
    struct Candidate {
        var name: String
        /// Does its work so many times.
        var run: (Int) -> Void
    }

    /// Nanoseconds an operation, the median of the rounds, for each candidate.
    static func medians(_ candidates: [Candidate], rounds: Int = 15, secondsARound: Double = 0.05) -> [Double] {
        let clock = ContinuousClock()
        func nanoseconds(_ duration: Duration) -> Double {
            Double(duration.components.seconds) * 1e9 + Double(duration.components.attoseconds) / 1e9
        }
        let counts = candidates.map { candidate in
            candidate.run(10)
            var count = 10
            while true {
                let time = nanoseconds(clock.measure { candidate.run(count) })
                if time > secondsARound * 1e8 { return max(1, Int(Double(count) * secondsARound * 1e9 / time)) }
                count *= 4
            }
        }
        var times = candidates.map { _ in [Double]() }
        for _ in 0..<rounds {
            for (index, candidate) in candidates.enumerated() {
                let time = nanoseconds(clock.measure { candidate.run(counts[index]) })
                times[index].append(time / Double(counts[index]))
            }
        }
        return times.map { $0.sorted()[$0.count / 2] }
    }
}

/// Keeps the compiler from leaving out work whose result nobody uses.
@inline(never)
func consume<Value>(_ value: consuming Value) {}
