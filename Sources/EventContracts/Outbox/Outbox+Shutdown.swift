extension Outbox {
    /// Accepts no further messages. Accepted messages are still sent.
    func close() {
        withState { state in
            state.gate = state.gate == .open ? .draining : .shut
            state.losses = OutboxState.Losses()
        }
    }

    /// The messages that failed since the outbox was closed.
    var shutdownReport: ShutdownReport {
        let losses = withState { $0.losses }
        return ShutdownReport(undelivered: losses?.undelivered ?? [:], unknown: losses?.unknown ?? [:])
    }

    /// Waits until every accepted message is with the transport.
    func waitUntilHandedOver() async {
        await wait(until: .handedOver)
    }

    /// Waits until every accepted message has its outcome, which has been counted and logged.
    func waitUntilSettled() async {
        await wait(until: .settled)
    }

    private func wait(until condition: OutboxState.IdleCondition) async {
        await withUnsafeContinuation { continuation in
            let holds = withState { state in
                if state.holds(condition) { return true }
                state.idleWaiters.append((condition, continuation))
                return false
            }
            if holds { continuation.resume() }
        }
    }
}
