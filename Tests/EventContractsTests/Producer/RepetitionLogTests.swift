import EventContracts
import EventContractsTesting
import Locks
import Testing

@Suite("Log that sums up identical lines", .timeLimit(.minutes(20)))
struct RepetitionLogTests {
    private final class Lines: Sendable {
        private let all = Lock<[String]>([])
        var texts: [String] { all.withLock { $0 } }

        func log(interval: Duration = .seconds(10), clock: ManualClock = ManualClock()) -> RepetitionLog<String> {
            RepetitionLog(interval: interval, clock: clock) { key, detail, count in
                self.all.withLock { $0.append("\(key) \(detail ?? "-") \(count)") }
            }
        }
    }

    @Test("the lines of an interval come in the order in which their kinds began, each with its last detail")
    func order() async {
        let (lines, clock) = (Lines(), ManualClock())
        let log = lines.log(clock: clock)
        for (key, detail) in [("b", "1"), ("a", "2"), ("c", nil), ("a", "3"), ("b", "4"), ("b", "5")] {
            log.report(key, detail: detail)
        }
        await clock.waitForSleeper(due: .seconds(10))
        clock.advance(by: .seconds(10))
        await clock.waitForSleeper(due: .seconds(10))
        #expect(lines.texts == ["b 1 1", "a 2 1", "c - 1", "b 5 2", "a 3 1"])
    }

    @Test("a kind without repetitions in an interval begins anew")
    func end() async {
        let (lines, clock) = (Lines(), ManualClock())
        let log = lines.log(clock: clock)
        for detail in ["1", "2"] { log.report("a", detail: detail) }
        for _ in 0..<2 {
            await clock.waitForSleeper(due: .seconds(10))
            clock.advance(by: .seconds(10))
        }
        log.flush()
        log.report("a", detail: "3")
        #expect(lines.texts == ["a 1 1", "a 2 1", "a 3 1"])
    }

    @Test("without an interval, each line is written")
    func zero() {
        let lines = Lines()
        let log = lines.log(interval: .zero)
        for detail in ["1", "2"] { log.report("a", detail: detail) }
        #expect(lines.texts == ["a 1 1", "a 2 1"])
    }

    @Test("the number of kinds that are counted has a limit, beyond which each line is written")
    func limit() {
        let lines = Lines()
        let log = lines.log()
        for _ in 0..<2 {
            for key in 0..<1_001 { log.report("\(key)", detail: nil) }
        }
        #expect(lines.texts.count == 1_002)
    }
}
