import Logging
import Synchronization

/// Keeps log lines for a test to look at, and lets it wait for one.
final class LogRecorder: Sendable {
    struct Line: Hashable, Sendable {
        let level: Logger.Level
        let message: String
        let metadata: [String: String]
    }

    private struct State {
        var lines: [Line] = []
        var waiters: [(message: String, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())
    private let onLine: @Sendable (Line) -> Void

    /// - Parameter onLine: Runs before a line counts as written, on the thread that writes it.
    init(onLine: @escaping @Sendable (Line) -> Void = { _ in }) {
        self.onLine = onLine
    }

    var lines: [Line] { state.withLock { $0.lines } }

    var logger: Logger { Logger(label: "test") { _ in Handler(recorder: self) } }

    func lines(_ message: String) -> [Line] { lines.filter { $0.message == message } }

    func waitForLine(_ message: String) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.lines.contains(where: { $0.message == message }) { return true }
                state.waiters.append((message, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    private func append(_ line: Line) {
        onLine(line)
        let woken = state.withLock { state in
            state.lines.append(line)
            let woken = state.waiters.filter { $0.message == line.message }.map(\.continuation)
            state.waiters.removeAll { $0.message == line.message }
            return woken
        }
        for waiter in woken { waiter.resume() }
    }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            recorder.append(
                Line(
                    level: event.level, message: "\(event.message)",
                    metadata: (event.metadata ?? [:]).mapValues { "\($0)" }))
        }
    }
}
