import EventContracts
import SchemaRegistry
import Testing

/// Durations and numbers at the ends of their types: no setting traps on one.
@Suite struct ExtremeTimeoutTests {
    @Test(
        "a timeout can be any duration, and the retries any number from below zero",
        arguments: [
            Duration(attoseconds: .min), .seconds(Int64.min), .zero, .seconds(Int64.max), Duration(attoseconds: .max),
        ])
    func timeouts(timeout: Duration) async throws {
        // Nothing listens there.
        var settings = SchemaRegistrySettings(urls: ["http://127.0.0.1:1"])
        settings.requestTimeout = timeout
        settings.retries = .min
        let client = try SchemaRegistryClient(settings)
        #expect(await client.health().status == .unhealthy)
    }
}
