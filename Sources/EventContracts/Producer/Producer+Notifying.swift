extension Producer {
    /// Runs a body, and sends an event made from its result, or another where it throws.
    ///
    /// The events are sent in the background, and stamped from the producer's ``Producer/context``. What the body returns or
    /// throws is never changed by them, nor delayed.
    ///
    /// ```swift
    /// let job = try await producer.notifying { job in
    ///     JobMessage.submitted(jobID: job.id, algorithm: job.algorithm)
    /// } failure: { error in
    ///     EventMessage.errorOccurred(data: ["error_type": .string("\(type(of: error))")])
    /// } _: {
    ///     try await jobs.create(request)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - success: Makes the draft of the event that reports a result.
    ///   - failure: Makes the draft of the event that reports an error.
    ///   - body: The work to be reported.
    public func notifying<Value, Success: Producible, Failure: Producible, Thrown: Error>(
        success: (Value) -> Success, failure: (Thrown) -> Failure, _ body: () async throws(Thrown) -> Value
    ) async throws(Thrown) -> Value {
        do {
            let value = try await body()
            sendInBackground(success(value))
            return value
        } catch {
            sendInBackground(failure(error))
            throw error
        }
    }

    /// Runs a body, and sends an event made from its result. An error passes through, and nothing is sent.
    public func notifying<Value, Success: Producible, Thrown: Error>(
        success: (Value) -> Success, _ body: () async throws(Thrown) -> Value
    ) async throws(Thrown) -> Value {
        let value = try await body()
        sendInBackground(success(value))
        return value
    }
}
