extension Producer {
    /// Runs a body, and tells what came of it: one event from its result, another where it throws.
    ///
    /// The events are sent in the background. What the body returns or throws is never changed by them, nor delayed.
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
    ///   - success: Makes the event that tells of a result.
    ///   - failure: Makes the event that tells of an error.
    ///   - body: What is done.
    public func notifying<Value, Success: Message, Failure: Message, Thrown: Error>(
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
    public func notifying<Value, Success: Message, Thrown: Error>(
        success: (Value) -> Success, _ body: () async throws(Thrown) -> Value
    ) async throws(Thrown) -> Value {
        let value = try await body()
        sendInBackground(success(value))
        return value
    }
}
