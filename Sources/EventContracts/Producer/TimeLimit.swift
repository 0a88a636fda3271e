import Synchronization

/// Runs an operation for at most so long. Unlike a task group it does not wait for an operation that does not heed its
/// cancellation: the caller goes on in time, and what becomes of the operation is told to `late`.
///
/// - Returns: The operation's value; `nil` where the time was up first.
func withTimeLimit<Value: Sendable>(
    _ limit: Duration, clock: any Clock<Duration>, operation: @escaping @Sendable () async -> Value,
    late: @escaping @Sendable (Value) -> Void
) async -> Value? {
    let race = Race<Value>()
    let work = Task {
        let value = await operation()
        if !race.finish(with: value) { late(value) }
    }
    let timer = Task {
        // A cancelled sleep means that the operation was first.
        guard (try? await clock.sleep(for: limit)) != nil else { return }
        if race.finish(with: nil) { work.cancel() }
    }
    defer { timer.cancel() }
    return await withTaskCancellationHandler {
        await race.value()
    } onCancel: {
        work.cancel()
    }
}

/// A value that is set once, by whoever is first.
private final class Race<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value?, Never>)
        case finished(Value?)
        case done
    }

    private let state = Mutex(State.open)

    /// Whether this was first.
    func finish(with value: Value?) -> Bool {
        let (isFirst, waiting) = state.withLock { state in
            switch state {
            case .open:
                state = .finished(value)
                return (true, CheckedContinuation<Value?, Never>?.none)
            case .awaited(let continuation):
                state = .done
                return (true, continuation)
            case .finished, .done:
                return (false, nil)
            }
        }
        waiting?.resume(returning: value)
        return isFirst
    }

    func value() async -> Value? {
        await withCheckedContinuation { continuation in
            let finished = state.withLock { state -> Value?? in
                guard case .finished(let value) = state else {
                    state = .awaited(continuation)
                    return .none
                }
                state = .done
                return .some(value)
            }
            if let value = finished { continuation.resume(returning: value) }
        }
    }
}
