import Foundation

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
        return medians(candidates, rounds: rounds, secondsARound: secondsARound) { work in
            let duration = clock.measure(work)
            return Double(duration.components.seconds) * 1e9 + Double(duration.components.attoseconds) / 1e9
        }
    }

    /// Nanoseconds of CPU an operation, of the calling thread.
    static func cpuMedians(_ candidates: [Candidate], rounds: Int = 15, secondsARound: Double = 0.05) -> [Double] {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
        }
        return medians(candidates, rounds: rounds, secondsARound: secondsARound) { work in
            let start = now()
            work()
            return now() - start
        }
    }

    private static func medians(
        _ candidates: [Candidate], rounds: Int, secondsARound: Double, _ measure: (() -> Void) -> Double
    ) -> [Double] {
        let counts = candidates.map { candidate in
            candidate.run(10)
            var count = 10
            while true {
                let time = measure { candidate.run(count) }
                if time > secondsARound * 1e8 { return max(1, Int(Double(count) * secondsARound * 1e9 / time)) }
                count *= 4
            }
        }
        var times = candidates.map { _ in [Double]() }
        for _ in 0..<rounds {
            for (index, candidate) in candidates.enumerated() {
                let time = measure { candidate.run(counts[index]) }
                times[index].append(time / Double(counts[index]))
            }
        }
        return times.map { $0.sorted()[$0.count / 2] }
    }
}

/// Keeps the compiler from leaving out work whose result nobody uses.
@inline(never)
func consume<Value>(_ value: consuming Value) {}
