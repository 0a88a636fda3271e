/// Everything that the outbox guards with its lock.
///
/// Nothing here resumes a task, logs, or calls the transport: that is put into a ``Settlement`` for whoever holds the lock
/// to do after it. Only gauges are set under the lock, so that the last value set is the last that was true.
struct OutboxState: Sendable {
    /// The most records that a transport is offered at once.
    private static let largestOffer = 1024

    let limits: Load
    let metrics: [any ProducerMetrics]

    var gate = Gate.waiting
    var slots = SlotTable<PendingMessage>()
    var batches = SlotTable<PendingBatch>()
    /// Messages for the transport, in the order of their acceptance. Some may have given up meanwhile.
    private var queue = RingBuffer<OutboundRecord>()
    private var abandonedInQueue = 0
    /// The records that the transport is offered next, which leave with the lock; the memory of all offers.
    private var offer: [OutboundRecord] = []
    private var held = HeldMessages()
    private(set) var background = Load()
    /// The number of background messages that metrics have.
    private var reportedBackground = 0
    private(set) var deadlines = DeadlineQueue<Deadline>()
    /// Messages without an outcome.
    private(set) var waiting = 0
    /// Threads that record outcomes outside of the lock.
    var recording = 0

    var isPumping = false
    /// Whether the transport accepted fewer records than it was offered, and has not reported room since.
    var isBlocked = false
    /// Whether the transport has reported room during the current offer.
    var wasReady = false

    var statistics = ProducerStatistics()
    var losses: Losses?
    var idleWaiters: [(condition: IdleCondition, continuation: UnsafeContinuation<Void, Never>)] = []

    private var connectionIsUp: Bool?
    private var connectionIsOver = false

    init(limits: Load, metrics: [any ProducerMetrics]) {
        self.limits = limits
        self.metrics = metrics
    }

    // MARK: Acceptance

    /// Takes a message by itself.
    ///
    /// - Parameter offersAtOnce: Whether the next offer is taken before the lock is released.
    mutating func accept(
        _ message: OutgoingMessage, _ waiter: PendingMessage.Waiter, offersAtOnce: Bool = true
    ) -> RecordID {
        let id = enqueue(message, waiter, offersAtOnce: offersAtOnce)
        waiting += 1
        insertDeadline(.message(id), due: message.due)
        return id
    }

    /// Takes messages that one task sends together, with one timeout.
    mutating func acceptBatch(
        _ messages: [OutgoingMessage], _ continuation: UnsafeContinuation<[PendingMessage.Outcome], Never>
    ) -> RecordID {
        let id = batches.insert(PendingBatch(count: messages.count, continuation: continuation))
        var ids: [RecordID] = []
        ids.reserveCapacity(messages.count)
        for (position, message) in messages.enumerated() {
            ids.append(enqueue(message, .batch(id, position: position), offersAtOnce: true))
        }
        _ = batches.update(id) { $0.ids = ids }
        waiting += messages.count
        if let first = messages.first { insertDeadline(.batch(id), due: first.due) }
        return id
    }

    /// Adds a message to the queue, or, where nothing is before it, to the next offer, which then costs less. A message
    /// whose key has messages that wait for room waits behind them.
    ///
    /// - Parameter offersAtOnce: Whether the next offer is taken before the lock is released.
    private mutating func enqueue(
        _ message: OutgoingMessage, _ waiter: PendingMessage.Waiter, offersAtOnce: Bool
    ) -> RecordID {
        if held.contains(keyOf: message) { return hold(message, waiter) }
        let isOffered = offersAtOnce && canOffer && queue.isEmpty && offer.count < Self.largestOffer
        let id = slots.insert(
            PendingMessage(message: message, phase: isOffered ? .handedOver : .queued, waiter: waiter))
        let record = OutboundRecord(id: id, message: message)
        if isOffered { offer.append(record) } else { queue.append(record) }
        return id
    }

    private mutating func hold(_ message: OutgoingMessage, _ waiter: PendingMessage.Waiter) -> RecordID {
        let id = slots.insert(PendingMessage(message: message, phase: .held, waiter: waiter))
        held.append(id, message)
        return id
    }

    /// Takes a message that nobody waits for.
    ///
    /// - Parameters:
    ///   - isPatient: Whether the message would wait for room, behind others that do.
    ///   - room: The continuation to resume once a message without room has some; without one, such a message is not
    ///     accepted.
    mutating func acceptInBackground(
        _ message: OutgoingMessage, isPatient: Bool, whenRoom room: UnsafeContinuation<ProducerError?, Never>?
    ) -> BackgroundAcceptance {
        let limit = reachedLimit(adding: message)
        if limit != nil || isPatient && !held.isEmpty || held.contains(keyOf: message) {
            // Without a reached limit, a larger message before this one waits for bytes.
            guard let room else { return .full(limit ?? .bytes(limits.bytes)) }
            let id = hold(message, .room(room))
            waiting += 1
            insertDeadline(.message(id), due: message.due)
            return .held(id)
        }
        addToBackground(message)
        _ = accept(message, .nobody, offersAtOnce: false)
        return .queued
    }

    private mutating func insertDeadline(_ target: Deadline, due: Duration) {
        if deadlines.needsCompaction(waiting: waiting) {
            deadlines.compact { [slots, batches] in $0.isAwaited(slots, batches) }
        }
        deadlines.insert(target, due: due)
    }

    /// Ends the wait of all whose time has come.
    mutating func abandonDue(at now: Duration, _ settlement: inout Settlement) {
        while let due = deadlines.popDue(at: now) {
            switch due {
            case .message(let id): abandon(id, .timedOut, at: now, &settlement)
            case .batch(let id): for id in batches[id]?.ids ?? [] { abandon(id, .timedOut, at: now, &settlement) }
            }
        }
        deadlines.dropCompleted { [slots, batches] in $0.isAwaited(slots, batches) }
    }

    /// Returns the limit that a further background message would exceed. A message larger than all that may wait is accepted when
    /// nothing else waits.
    private func reachedLimit(adding message: OutgoingMessage) -> QueueLimit? {
        if background.messages >= limits.messages { return .messages(limits.messages) }
        if background.messages > 0, background.bytes + message.size > limits.bytes { return .bytes(limits.bytes) }
        return nil
    }

    private mutating func addToBackground(_ message: OutgoingMessage) {
        background.messages += 1
        background.bytes += message.size
    }

    private mutating func removeFromBackground(_ message: OutgoingMessage) {
        guard message.isInBackground else { return }
        background.messages -= 1
        background.bytes -= message.size
    }

    /// Moves held messages into the queue, as far as there is room for those of the background.
    mutating func admitHeld(_ settlement: inout Settlement) {
        while let id = held.first {
            guard let pending = slots[id], pending.phase == .held else {
                held.removeFirst()
                continue
            }
            let message = pending.message
            guard !message.isInBackground || reachedLimit(adding: message) == nil else { return }
            held.removeFirst()
            held.release(keyOf: message)
            if message.isInBackground {
                addToBackground(message)
                reportBackground()
            }
            queue.append(OutboundRecord(id: id, message: message))
            _ = slots.update(id) { held in
                held.phase = .queued
                guard case .room(let continuation) = held.waiter else { return }
                held.waiter = .nobody
                settlement.resumptions.append(.room(continuation, nil))
            }
        }
    }

    // MARK: Hand-over

    /// The number of messages in the queue, those included that have given up.
    var queued: Int { queue.count }

    /// Whether messages that have not given up wait for the transport, or for room.
    var hasWaitingInQueue: Bool { queue.count > abandonedInQueue || !held.isEmpty }

    private var canOffer: Bool { gate.sends && !isBlocked && !isPumping }

    /// Takes the next records for the transport, and marks them as handed over. None while another thread offers some.
    mutating func takeOffer() -> [OutboundRecord] {
        guard canOffer else { return [] }
        while offer.count < Self.largestOffer, let next = queue.popFirst() {
            let isQueued = slots.update(next.id) { pending in
                guard pending.phase == .queued else { return false }
                pending.phase = .handedOver
                return true
            }
            if isQueued == true { offer.append(next) } else { abandonedInQueue -= 1 }
        }
        guard !offer.isEmpty else { return [] }
        isPumping = true
        wasReady = false
        changeInFlight(by: offer.count)
        var taken: [OutboundRecord] = []
        swap(&taken, &offer)
        return taken
    }

    /// Notes how many records of an offer the transport has accepted. The others go back to the front of the queue. The
    /// offer's memory is taken out of it.
    mutating func endOffer(_ offer: inout [OutboundRecord], accepted: Int) {
        isPumping = false
        let accepted = min(max(accepted, 0), offer.count)
        if accepted < offer.count {
            isBlocked = !wasReady
            for record in offer[accepted...].reversed() { takeBack(record) }
        }
        offer.removeAll(keepingCapacity: true)
        swap(&offer, &self.offer)
    }

    private mutating func takeBack(_ record: OutboundRecord) {
        switch slots[record.id]?.phase {
        case .handedOver:
            changeInFlight(by: -1)
            _ = slots.update(record.id) { $0.phase = .queued }
            queue.prepend(record)
        case .abandoned:
            changeInFlight(by: -1)
            removeFromBackground(record.message)
            reportBackground()
            slots.remove(record.id)
        case .held, .queued, nil: break
        }
    }

    // MARK: Outcomes

    /// Takes the transport's report of a record.
    ///
    /// - Returns: Whether the record was with the transport.
    mutating func report(
        _ report: RecordOutcome, at now: Duration, time: Timestamp, _ settlement: inout Settlement
    ) -> Bool {
        if case .delivered(let delivery) = report.outcome,
            let pending = slots.remove(report.id, where: { $0.phase == .handedOver })
        {
            waiting -= 1
            removeFromBackground(pending.message)
            countDelivered(pending.message, at: now, time: time, &settlement)
            answer(pending.waiter, .success(delivery), &settlement)
            return true
        }
        guard let pending = slots[report.id] else { return false }
        switch pending.phase {
        case .held, .queued: return false
        case .abandoned:
            if case .delivered = report.outcome { statistics.deliveredLate += 1 }
            settlement.entries.append(.init(message: pending.message, result: .late(report.outcome), duration: nil))
            slots.remove(report.id)
            removeFromBackground(pending.message)
        case .handedOver:
            removeFromBackground(pending.message)
            settle(report.id, pending, PendingMessage.Outcome(report.outcome), at: now, time: time, &settlement)
        }
        return true
    }

    private mutating func countDelivered(
        _ message: OutgoingMessage, at now: Duration, time: Timestamp?, _ settlement: inout Settlement
    ) {
        let duration = now - message.submitted
        statistics.messagesSent += 1
        statistics.bytesSent += message.valueSize
        statistics.sendDurationTotal += duration
        statistics.lastSendTime = time
        settlement.delivered.append(message)
        settlement.durations.append(duration)
    }

    /// Ends the wait of a message's sender. Messages of the transport remain until it reports their outcome.
    mutating func abandon(_ id: RecordID, _ reason: GiveUp, at now: Duration, _ settlement: inout Settlement) {
        guard let pending = slots[id], pending.isWaiting else { return }
        if pending.phase == .handedOver {
            settle(
                id, pending, .failure(reason.unknown(of: pending.message)), at: now, time: nil, &settlement,
                isWithTransport: true)
            return
        }
        switch pending.phase {
        case .held: held.release(keyOf: pending.message)
        case .queued:
            abandonedInQueue += 1
            removeFromBackground(pending.message)
            reportBackground()
        case .handedOver, .abandoned: break
        }
        if pending.message.isInBackground { statistics.backgroundDropped += 1 }
        settle(id, pending, .failure(reason.error(of: pending.message)), at: now, time: nil, &settlement)
        admitHeld(&settlement)
        compactQueue()
    }

    /// Counts an outcome, gives it to whoever waits for it, and releases the slot.
    ///
    /// - Parameter isWithTransport: Whether the transport has yet to report the message. It keeps its slot until then.
    private mutating func settle(
        _ id: RecordID, _ pending: PendingMessage, _ outcome: PendingMessage.Outcome, at now: Duration,
        time: Timestamp?, _ settlement: inout Settlement, isWithTransport: Bool = false
    ) {
        let message = pending.message
        switch outcome {
        case .success: countDelivered(message, at: now, time: time, &settlement)
        case .failure(let error):
            count(error, topic: message.topic)
            let isHandedOver = pending.phase == .handedOver
            settlement.entries.append(
                .init(message: message, result: .failed(error), duration: isHandedOver ? now - message.submitted : nil))
        }
        waiting -= 1
        answer(pending.waiter, outcome, &settlement)
        guard isWithTransport else {
            slots.remove(id)
            return
        }
        _ = slots.update(id) { pending in
            pending.phase = .abandoned
            pending.waiter = .nobody
        }
    }

    /// Gives a message's outcome to whoever waits for it.
    private mutating func answer(
        _ waiter: PendingMessage.Waiter, _ outcome: PendingMessage.Outcome, _ settlement: inout Settlement
    ) {
        switch waiter {
        case .nobody: break
        case .caller(let continuation): settlement.resumptions.append(.caller(continuation, outcome))
        case .batch(let batch, let position): complete(position, of: batch, outcome, &settlement)
        case .room(let continuation):
            guard case .failure(let error) = outcome else { return }
            settlement.resumptions.append(.room(continuation, error))
        }
    }

    private mutating func complete(
        _ position: Int, of batch: RecordID, _ outcome: PendingMessage.Outcome, _ settlement: inout Settlement
    ) {
        let isComplete = batches.update(batch) { batch in
            batch.complete(position, outcome)
            return batch.remaining == 0
        }
        guard isComplete == true, let batch = batches.remove(batch) else { return }
        settlement.resumptions.append(.batch(batch.continuation, batch.outcomes))
    }

    // MARK: Counts

    /// Counts a message without delivery.
    mutating func count(_ error: ProducerError, topic: String) {
        statistics.errorsByType[error.reason.rawValue, default: 0] += 1
        if error.isOutcomeUnknown {
            statistics.messagesUnknown += 1
            losses?.unknown[topic, default: 0] += 1
        } else {
            statistics.messagesFailed += 1
            // A message that is refused after the shutdown began was never the shutdown's to deliver.
            if error != .notRunning { losses?.undelivered[topic, default: 0] += 1 }
        }
    }

    mutating func changeInFlight(by count: Int) {
        guard count != 0 else { return }
        statistics.inFlight += count
        for metrics in metrics { metrics.inFlightChanged(by: count) }
    }

    /// Tells metrics how many messages of the background are not completed, if that has changed.
    mutating func reportBackground() {
        guard reportedBackground != background.messages else { return }
        reportedBackground = background.messages
        for metrics in metrics { metrics.queueChanged(depth: background.messages, capacity: limits.messages) }
    }

    /// Notes what a report implies for the connection.
    mutating func noteConnection(isUp: Bool) {
        guard !connectionIsOver, connectionIsUp != isUp else { return }
        connectionIsUp = isUp
        for metrics in metrics { metrics.connectionChanged(isUp: isUp) }
    }

    /// Reports the end of the connection; later reports of the transport are ignored.
    mutating func endConnection() {
        noteConnection(isUp: false)
        connectionIsOver = true
    }

    /// Drops messages that have given up from the queue where they are most of it.
    private mutating func compactQueue() {
        guard abandonedInQueue > 64, abandonedInQueue * 2 > queue.count else { return }
        queue.removeAll { [slots] in slots[$0.id]?.phase != .queued }
        abandonedInQueue = 0
    }
}
