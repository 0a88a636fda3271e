import Testing

@testable import ContractModel

@Suite("Durations in the notation of Prometheus")
struct PrometheusDurationTests {
    @Test(
        "units go from large to small, each at most once",
        arguments: [
            ("1h30m", 5_400_000), ("1m30s", 90_000), ("1y", 31_536_000_000), ("1w1d", 691_200_000), ("5ms", 5),
            ("1y2w3d4h5m6s7ms", 33_019_506_007), ("0s", 0), ("0", 0), ("05m", 300_000),
            ("9223372036854ms", 9_223_372_036_854), ("106751d23h47m16s854ms", 9_223_372_036_854),
        ])
    func valid(text: String, milliseconds: Int64) {
        #expect(PrometheusDuration.duration(text) == .milliseconds(milliseconds))
    }

    @Test(
        "durations that Prometheus rejects are invalid",
        arguments: [
            "", "h", "30m1h", "1h1h", "1h30", "1h 30m", " 1h", "1h ", "1H", "1.5h", "-1h", "+1h", "1e3s", "٣h", "1µs",
            "9223372036855ms", "293y", "292y364d", "9223372036855", "99999999999999999999", "forever", "90000", "10",
        ])
    func invalid(text: String) {
        #expect(PrometheusDuration.duration(text) == nil)
    }
}
