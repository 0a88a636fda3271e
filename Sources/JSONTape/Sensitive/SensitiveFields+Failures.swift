extension SensitiveFields {
    /// Returns failures without the content of sensitive values: those of a sensitive value, or of a part of one, have the
    /// place of that value as a whole, and say only what was expected.
    ///
    /// - Parameter depth: The number of tokens of the pointer that leads from the tape's root to the message.
    public func redacted(_ failures: [ValidationFailure], below depth: Int = 0) -> [ValidationFailure] {
        failures.map { failure in
            let tokens = failure.instance.tokens
            guard let sensitive = self.depth(ofSensitiveValueOn: tokens.dropFirst(depth)) else { return failure }
            let length = depth + sensitive
            let path = JSONPointer(failure.path).map {
                JSONPointer(tokens: Array($0.tokens.prefix(length))).description
            }
            // Every other reason consists of the contract's words alone.
            let reason = failure.reason.hasPrefix("duplicate member") ? "duplicate member" : failure.reason
            return ValidationFailure(
                instance: JSONPointer(tokens: Array(tokens.prefix(length))), path: path ?? "", schema: failure.schema,
                message: reason, reason: reason, offset: failure.offset)
        }
    }

    /// Returns an error without the content of sensitive values.
    ///
    /// - Parameter depth: The number of tokens of the pointer that leads from the tape's root to the message.
    public func redacted(_ error: JSONDecodingError, below depth: Int = 0) -> JSONDecodingError {
        let tokens = error.pointer.tokens
        guard let sensitive = self.depth(ofSensitiveValueOn: tokens.dropFirst(depth)) else { return error }
        let pointer = JSONPointer(tokens: Array(tokens.prefix(depth + sensitive)))
        switch error.reason {
        case .duplicateMember: return JSONDecodingError(.duplicateMember(""), at: pointer)
        case .equivalentMembers: return JSONDecodingError(.equivalentMembers(""), at: pointer)
        case .expected, .missingMember: return JSONDecodingError(error.reason, at: pointer)
        }
    }
}
