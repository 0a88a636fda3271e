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
