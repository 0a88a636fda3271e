extension Outbox {
    /// Sends a message, and waits for its outcome.
    func send(_ message: OutgoingMessage) async -> PendingMessage.Outcome {
        guard let id = accept({ $0.accept(message, .caller(nil)) }) else {
            return .failure(refuse(message, .notRunning))
        }
        // A transport that reports at once costs no suspension.
        if let outcome = withState({ $0.fetch(id) }) { return outcome }
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                if let outcome = withState({ $0.fetch(id, orResumeLater: continuation) }) {
                    continuation.resume(returning: outcome)
                }
            }
        } onCancel: {
            abandon([id], .cancelled)
        }
    }

    /// Sends messages together, and waits for their outcomes.
    ///
    /// - Returns: The outcomes, in the messages' order.
    func send(_ messages: [OutgoingMessage]) async -> [PendingMessage.Outcome] {
        let batch = accept { $0.acceptBatch(messages) }
        guard let batch else { return messages.map { .failure(refuse($0, .notRunning)) } }
        if let outcomes = withState({ $0.fetch(batch: batch) }) { return outcomes }
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                if let outcomes = withState({ $0.fetch(batch: batch, orResumeLater: continuation) }) {
                    continuation.resume(returning: outcomes)
                }
            }
        } onCancel: {
            abandon(withState { $0.batches[batch]?.ids ?? [] }, .cancelled)
        }
    }

    /// Sends a message in the background.
    ///
    /// - Returns: Why it was refused, if it was.
    func sendInBackground(_ message: OutgoingMessage) -> ProducerError? {
        switch acceptInBackground(message, holds: false) {
        case .queued?, .held?: nil
        case .refused(let error)?: refuse(message, error)
        case nil: refuse(message, .notRunning)
        }
    }

    /// Sends a message in the background, and waits for room where there is none.
    ///
    /// - Returns: Why it was refused, if it was.
    func sendInBackgroundWhenRoom(_ message: OutgoingMessage) async -> ProducerError? {
        let id: RecordID
        switch acceptInBackground(message, holds: true) {
        case .queued?: return nil
        case .held(let held)?: id = held
        case .refused(let error)?: return refuse(message, error)
        case nil: return refuse(message, .notRunning)
        }
        if case .known(let error) = withState({ $0.fetchRoom(id) }) { return error }
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                if case .known(let error) = withState({ $0.fetchRoom(id, orResumeLater: continuation) }) {
                    continuation.resume(returning: error)
                }
            }
        } onCancel: {
            withState { $0.slots[id]?.phase == .held } ? abandon([id], .cancelled) : ()
        }
    }

    /// Counts and logs a message that is not accepted.
    @discardableResult
    func refuse(_ message: OutgoingMessage, _ error: ProducerError) -> ProducerError {
        refuse(RefusedMessage(message), error, isInBackground: message.isInBackground)
        return error
    }

    func refuse(_ message: RefusedMessage, _ error: ProducerError, isInBackground: Bool) {
        withState { state in
            state.count(error, topic: message.topic)
            if isInBackground { state.statistics.backgroundDropped += 1 }
        }
        recorder.failed(message, error, duration: nil)
    }
}

extension OutboxState {
    /// An answer that is there, or is yet to come.
    enum Answer: Sendable {
        case known(ProducerError?)
        case pending
    }

    /// Takes the outcome of a message, or else notes who is to be resumed with it.
    mutating func fetch(
        _ id: RecordID, orResumeLater continuation: UnsafeContinuation<PendingMessage.Outcome, Never>? = nil
    ) -> PendingMessage.Outcome? {
        let outcome = slots.update(id) { pending -> PendingMessage.Outcome? in
            guard case .outcome(let outcome) = pending.waiter else {
                if let continuation { pending.waiter = .caller(continuation) }
                return nil
            }
            pending.waiter = .nobody
            return outcome
        }
        guard case .some(.some(let outcome)) = outcome else { return nil }
        if slots[id]?.phase == .settled { slots.remove(id) }
        return outcome
    }

    /// Takes the outcomes of a batch, or else notes who is to be resumed with them.
    mutating func fetch(
        batch id: RecordID, orResumeLater continuation: UnsafeContinuation<[PendingMessage.Outcome], Never>? = nil
    ) -> [PendingMessage.Outcome]? {
        let isComplete = batches.update(id) { batch in
            if batch.remaining > 0, let continuation { batch.continuation = continuation }
            return batch.remaining == 0
        }
        return isComplete == true ? batches.remove(id)?.outcomes : nil
    }

    /// Takes the answer to a message that waits for room, or else notes who is to be resumed with it.
    mutating func fetchRoom(
        _ id: RecordID, orResumeLater continuation: UnsafeContinuation<ProducerError?, Never>? = nil
    ) -> Answer {
        let answer = slots.update(id) { pending -> Answer in
            switch pending.waiter {
            case .room:
                if let continuation { pending.waiter = .room(continuation) }
                return .pending
            case .admitted(let error):
                pending.waiter = .nobody
                return .known(error)
            case .nobody, .caller, .outcome, .batch: return .known(nil)
            }
        }
        // A message without a slot has been admitted, and has its outcome already.
        guard let answer else { return .known(nil) }
        if case .known = answer, slots[id]?.phase == .settled { slots.remove(id) }
        return answer
    }
}
