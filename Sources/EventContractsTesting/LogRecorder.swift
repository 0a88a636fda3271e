public import Logging
import Locks

/// Records log lines, and lets a test wait for one.
///
/// ```swift
/// let log = LogRecorder()
/// let producer = Producer(
///     transport: transport, contracts: [TDA.self],
///     context: MessageContext(service: "tda-backend"), logger: log.logger)
/// …
/// let line = try await log.expectLine("message not delivered")
/// #expect(line.metadata["event"] == "job.completed")
/// ```
public final class LogRecorder: Sendable {
    /// A log line.
    public struct Line: Hashable, Sendable {
        public let level: Logger.Level
        public let message: String
        /// All metadata of the line, as text.
        public let metadata: [String: String]
    }

    private struct State {
        var lines: [Line] = []
        var waiters = Waiters<String>()
    }

    private let state = Lock(State())
    private let onLine: @Sendable (Line) -> Void

    /// Creates an empty record.
    ///
    /// - Parameter onLine: Runs before a line is recorded, on the thread that logs it.
    public init(onLine: @escaping @Sendable (Line) -> Void = { _ in }) {
        self.onLine = onLine
    }

    /// All lines, in the order in which they were logged.
    public var lines: [Line] { state.withLock { $0.lines } }

    /// A logger that records lines of all levels here.
    public var logger: Logger { Logger(label: "test") { _ in Handler(recorder: self) } }

    /// Returns the lines with a message.
    public func lines(_ message: String) -> [Line] { lines.filter { $0.message == message } }

    /// Waits until a line with this message has been logged.
    ///
    /// - Returns: `false` where the waiting task was cancelled first.
    @discardableResult
    public func waitForLine(_ message: String) async -> Bool {
        let id = state.withLock { $0.waiters.makeID() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let result = state.withLock { state -> Bool? in
                    if state.lines.contains(where: { $0.message == message }) { return true }
                    return state.waiters.add(continuation, id: id, for: message) ? nil : false
                }
                if let result { continuation.resume(returning: result) }
            }
        } onCancel: {
            state.withLock { $0.waiters.cancel(id) }?.resume(returning: false)
        }
    }

    /// Waits for a line with this message, and returns the first.
    ///
    /// - Throws: ``ExpectationFailure`` with the lines that were logged instead.
    @discardableResult
    public func expectLine(
        _ message: String, within timeout: Duration = .seconds(10)
    ) async throws(ExpectationFailure) -> Line {
        _ = await finishes(within: timeout) { await self.waitForLine(message) }
        if let line = lines(message).first { return line }
        throw ExpectationFailure("expected a log line '\(message)' within \(timeout)", found: lines.map(\.description))
    }

    /// Throws where a line of this level or a higher one was logged.
    ///
    /// - Throws: ``ExpectationFailure`` with these lines.
    public func expectNoLines(atLeast level: Logger.Level) throws(ExpectationFailure) {
        let found = lines.filter { $0.level >= level }
        guard !found.isEmpty else { return }
        throw ExpectationFailure("expected no log line of level \(level) or higher", found: found.map(\.description))
    }

    private func append(_ line: Line) {
        onLine(line)
        let woken = state.withLock { state in
            state.lines.append(line)
            return state.waiters.remove { $0 == line.message }
        }
        for waiter in woken { waiter.resume(returning: true) }
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
            let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
            recorder.append(
                Line(level: event.level, message: "\(event.message)", metadata: all.mapValues { "\($0)" }))
        }
    }
}

extension LogRecorder.Line: CustomStringConvertible {
    public var description: String {
        let pairs = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
        return "\(level): \(message)\(pairs.joined())"
    }
}
