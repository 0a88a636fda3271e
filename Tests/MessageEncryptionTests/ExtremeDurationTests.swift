import MessageEncryption
import Testing

/// Durations at the ends of their type: no public initializer traps on one.
@Suite struct ExtremeDurationTests {
    @Test(
        "lifetimes of keys and tokens take every duration, and a cache every capacity",
        arguments: [
            Duration(attoseconds: .min), .seconds(Int64.min), .zero, .seconds(Int64.max), Duration(attoseconds: .max),
        ])
    func durations(duration: Duration) async throws {
        for capacity in [Int.min, 0, .max] {
            let keys = EnvelopeKeys(lifetime: duration, capacity: capacity) { key, _ in
                key
            } unwrap: { key, _ in
                key
            }
            _ = try await keys.currentKey(named: "a")
            _ = ValueEncryption(keys: keys, timeToLive: duration)
        }
    }
}
