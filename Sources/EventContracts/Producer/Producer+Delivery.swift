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
            accounts.settled(flight.messages, outcomes, duration: clock.now - start)
            deadlines.remove(flight)
            flights.remove(flight)
        }
        guard let flight = admitted else {
            let error: ProducerError = acceptedEarlier ? .shutDown : .notRunning
            let outcomes = messages.map { _ in Flight.Outcome.failure(error) }
            accounts.settled(messages, outcomes, duration: .zero)
            return outcomes
        }
        deadlines.add(flight, after: timeout)
        accounts.departed(messages.count)
        let task = Task { [self] in
            let outcomes = await carry(flight)
            accounts.landed(messages.count)
            let late = flight.settle(outcomes)
            accounts.settledLate(late.map { messages[$0] }, late.map { outcomes[$0] })
        }
        flight.attach(task)
        return await withTaskCancellationHandler {
            await flight.outcomes()
        } onCancel: {
            flight.abandon(.cancelled)
        }
    }

    /// Hands records to the transport until each has got through, has failed for good, or has used up its retries.
    private func carry(_ flight: Flight) async -> [Flight.Outcome] {
        let records = flight.messages.map(\.record)
        var results = await attempt(records)
        var retry = 0
        while retry < configuration.maximumRetries, !Task.isCancelled {
            var again: [Int] = []
            var reason: TransportError?
            for (position, result) in results.enumerated() {
                guard case .failure(let error) = result, error.isRetriable else { continue }
                again.append(position)
                reason = reason ?? error
            }
            guard let reason else { break }
            flight.note(Self.finalOutcomes(of: results))
            retry += 1
            let delay = configuration.backoff.delay(beforeRetry: retry, chance: .random(in: 0...1))
            do { try await clock.sleep(for: delay) } catch { break }
            accounts.retried(again.map { flight.messages[$0] }, retry: retry, after: reason)
            let outcomes = await attempt(again.map { records[$0] })
            for (position, outcome) in zip(again, outcomes) { results[position] = outcome }
        }
        return results.map { $0.mapError(ProducerError.transport) }
    }

    /// What will not be tried again, by position.
    private static func finalOutcomes(of results: [Result<Delivery, TransportError>]) -> [Int: Flight.Outcome] {
        var outcomes: [Int: Flight.Outcome] = [:]
        for (position, result) in results.enumerated() {
            if case .failure(let error) = result, error.isRetriable { continue }
            outcomes[position] = result.mapError(ProducerError.transport)
        }
        return outcomes
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
