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

extension OutboxState {
    func holds(_ condition: IdleCondition) -> Bool {
        switch condition {
        case .handedOver: !hasWaitingInQueue && !isPumping
        case .settled: waiting == 0 && recording == 0
        }
    }

    /// Takes out the tasks that wait for a condition that now holds.
    mutating func takeIdleWaiters() -> [UnsafeContinuation<Void, Never>] {
        guard !idleWaiters.isEmpty else { return [] }
        let (isHandedOver, isSettled) = (holds(.handedOver), holds(.settled))
        func isOver(_ condition: IdleCondition) -> Bool { condition == .handedOver ? isHandedOver : isSettled }
        defer { idleWaiters.removeAll { isOver($0.condition) } }
        return idleWaiters.filter { isOver($0.condition) }.map(\.continuation)
    }
}
