extension Producer {
    /// Hands messages to the transport, and waits until their outcomes are settled: by the transport, by the timeout, or
    /// by the cancellation of the caller, none of which waits for another.
    ///
    /// - Parameter acceptedEarlier: Whether they are from the background queue, which is emptied even during shutdown.
    /// - Returns: One outcome for each message, in their order. Each has been counted, and each failure logged.
    func deliver(
        _ messages: [OutgoingMessage], timeout: Duration, acceptedEarlier: Bool = false
    ) async -> [Flight.Outcome] {
        let start = clock.now
        let admitted = flights.admit(messages, acceptedEarlier: acceptedEarlier) { [self] flight, outcomes in
            accounts.settled(outcomes, of: flight.messages, duration: clock.now - start)
        } onEnd: { [self] flight in
            deadlines.remove(flight)
            flights.remove(flight)
        }
        guard let flight = admitted else {
            let error: ProducerError = acceptedEarlier ? .shutDown : .notRunning
            let outcomes = messages.map { _ in Flight.Outcome.failure(error) }
            accounts.settled(Array(zip(outcomes.indices, outcomes)), of: messages, duration: .zero)
            return outcomes
        }
        deadlines.add(flight, after: timeout)
        accounts.departed(messages.count)
        flight.attach(takeOff(flight))
        return await withTaskCancellationHandler {
            await flight.outcomes()
        } onCancel: {
            flight.abandon(.cancelled)
        }
    }

    /// Starts the task that carries a flight: on the caller's thread, where it stays until it has to wait. A transport that
    /// answers at once then costs no change of threads, which is most of what a send would cost.
    private func takeOff(_ flight: Flight) -> Task<Void, Never> {
        guard #available(macOS 26.0, *) else { return Task { await self.fly(flight) } }
        return Task.immediate { await self.fly(flight) }
    }

    /// Hands records to the transport until each has got through, has failed for good, or has used up its retries. What is
    /// final is told at once: no message waits for another that is tried again.
    private func fly(_ flight: Flight) async {
        var open = Array(flight.messages.indices)
        var retry = 0
        while true {
            let results = await attempt(open.map { flight.messages[$0].record })
            let isLast = retry >= configuration.maximumRetries || Task.isCancelled
            var again: [Int] = []
            var final: Flight.Outcomes = []
            var reason: TransportError?
            for (position, result) in zip(open, results) {
                if case .failure(let error) = result, error.isRetriable, !isLast {
                    again.append(position)
                    reason = reason ?? error
                } else {
                    final.append((position, result.mapError(ProducerError.transport)))
                }
            }
            land(flight, final)
            guard let reason else { return }
            retry += 1
            let delay = configuration.backoff.delay(beforeRetry: retry, chance: .random(in: 0...1))
            do {
                try await clock.sleep(for: delay)
            } catch {
                land(flight, again.map { ($0, .failure(.transport(reason))) })
                return
            }
            open = again
            accounts.retried(open.map { flight.messages[$0] }, retry: retry, after: reason)
        }
    }

    private func land(_ flight: Flight, _ outcomes: Flight.Outcomes) {
        guard !outcomes.isEmpty else { return }
        accounts.landed(outcomes.count)
        accounts.settledLate(flight.settle(outcomes), of: flight.messages)
    }

    private func attempt(_ records: [Record]) async -> [Result<Delivery, TransportError>] {
        let results = await hand(over: records)
        accounts.heard(results)
        return results
    }

    private func hand(over records: [Record]) async -> [Result<Delivery, TransportError>] {
        if records.count == 1 {
            do throws(TransportError) {
                return [.success(try await transport.send(records[0]))]
            } catch {
                return [.failure(error)]
            }
        }
        let results = await transport.send(batch: records)
        guard results.count == records.count else {
            // A transport that breaks its contract must not make a message's fate a guess.
            let error = TransportError(.rejected, "\(results.count) outcomes came back for \(records.count) records")
            return records.map { _ in .failure(error) }
        }
        return results
    }
}
