extension Outbox {
    /// Sends a message, and waits for its outcome.
    ///
    /// The continuation is there before the message is accepted: one lock is enough, and a transport that reports at once
    /// causes no suspension.
    func send(_ message: OutgoingMessage) async -> PendingMessage.Outcome {
        let target = CancellationTarget()
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                guard let id = accept({ $0.accept(message, .caller(continuation)) }) else {
                    continuation.resume(returning: .failure(refuse(message, .notRunning)))
                    return
                }
                if target.isCancelled(afterSetting: id) { abandon([id], .cancelled) }
            }
        } onCancel: {
            if let id = target.cancel() { abandon([id], .cancelled) }
        }
    }

    /// Sends messages together, and waits for their outcomes.
    ///
    /// - Returns: The outcomes, in the messages' order.
    func send(_ messages: [OutgoingMessage]) async -> [PendingMessage.Outcome] {
        guard !messages.isEmpty else { return [] }
        let target = CancellationTarget()
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                guard let batch = accept({ $0.acceptBatch(messages, continuation) }) else {
                    continuation.resume(returning: messages.map { .failure(refuse($0, .notRunning)) })
                    return
                }
                if target.isCancelled(afterSetting: batch) { abandon(batch: batch) }
            }
        } onCancel: {
            if let batch = target.cancel() { abandon(batch: batch) }
        }
    }

    private func abandon(batch: RecordID) {
        abandon(withState { $0.batches[batch]?.ids ?? [] }, .cancelled)
    }

    /// Sends a message in the background.
    ///
    /// - Returns: Why it was refused, if it was.
    func sendInBackground(_ message: OutgoingMessage) -> ProducerError? {
        switch acceptInBackground(message, isPatient: false) {
        case .queued?, .held?: nil
        case .full(let limit)?: refuse(message, .backgroundQueueFull(limit))
        case nil: refuse(message, .notRunning)
        }
    }

    /// Sends a message in the background, and waits for room where there is none.
    ///
    /// - Returns: Why it was refused, if it was.
    func sendInBackgroundWhenRoom(_ message: OutgoingMessage) async -> ProducerError? {
        // Mostly there is room, and nothing to wait for.
        switch acceptInBackground(message, isPatient: true) {
        case .queued?: return nil
        case nil: return refuse(message, .notRunning)
        case .full?, .held?: break
        }
        let target = CancellationTarget()
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                switch acceptInBackground(message, isPatient: true, whenRoom: continuation) {
                case .queued?: continuation.resume(returning: nil)
                case .full(let limit)?: continuation.resume(returning: refuse(message, .backgroundQueueFull(limit)))
                case .held(let id)?: if target.isCancelled(afterSetting: id) { abandonHeld(id) }
                case nil: continuation.resume(returning: refuse(message, .notRunning))
                }
            }
        } onCancel: {
            if let id = target.cancel() { abandonHeld(id) }
        }
    }

    /// Abandons a message that still waits for room. One that has been admitted is sent: nobody waits for it.
    private func abandonHeld(_ id: RecordID) {
        if withState({ $0.slots[id]?.phase == .held }) { abandon([id], .cancelled) }
    }

    /// Counts and logs a message that is not accepted.
    @discardableResult
    func refuse(_ message: OutgoingMessage, _ error: ProducerError) -> ProducerError {
        refuse(message.event, error, isInBackground: message.isInBackground)
        return error
    }

    func refuse(_ event: EventRoute, _ error: ProducerError, isInBackground: Bool) {
        withState { state in
            state.count(error, topic: event.topic)
            if isInBackground { state.statistics.backgroundDropped += 1 }
        }
        recorder.failed(event, error, duration: nil)
    }
}
