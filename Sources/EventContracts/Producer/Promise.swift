import Locks

/// A value that is made once, and that one task may wait for, whichever comes first.
final class Promise<Value: Sendable>: Sendable {
    private enum State: Sendable {
        case empty
        case awaited(CheckedContinuation<Value, Never>)
        case fulfilled(Value)
        case taken
    }

    private let state = Lock(State.empty)

    /// Gives the value. All but the first are dropped.
    func fulfil(_ value: Value) {
        let waiting: CheckedContinuation<Value, Never>? = state.withLock { state in
            switch state {
            case .empty:
                state = .fulfilled(value)
                return nil
            case .awaited(let continuation):
                state = .taken
                return continuation
            case .fulfilled, .taken:
                return nil
            }
        }
        waiting?.resume(returning: value)
    }

    /// Waits for the value, whether or not the task is cancelled. Only one task may, once.
    func value() async -> Value {
        await withCheckedContinuation { continuation in
            let ready: Value? = state.withLock { state in
                switch state {
                case .empty:
                    state = .awaited(continuation)
                    return nil
                case .fulfilled(let value):
                    state = .taken
                    return value
                case .awaited, .taken:
                    preconditionFailure("a promise's value is awaited once")
                }
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }
}

/// Runs an operation, and stops waiting for it at a deadline, whether or not the operation reacts to its cancellation.
///
/// - Returns: Whether the operation came to its end.
func finishes(
    by deadline: Duration, of clock: ElapsedClock, _ operation: @escaping @Sendable () async -> Void
) async -> Bool {
    let promise = Promise<Bool>()
    let work = Task {
        await operation()
        promise.fulfil(true)
    }
    let timer = Task {
        do { try await clock.sleep(until: deadline) } catch { return }
        promise.fulfil(false)
    }
    let isFinished = await promise.value()
    work.cancel()
    timer.cancel()
    return isFinished
}
