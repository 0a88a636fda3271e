public import JSONTape

extension SensitiveFields {
    /// Returns failures without the content of sensitive values.
    ///
    /// A failure of a sensitive value, or of a part of one, has the place of that value as a whole, and says only what was
    /// expected. So does a failure of a value around sensitive ones, such as a string in place of an object: the string may
    /// be the object's text.
    ///
    /// - Parameter depth: The number of tokens of the pointer that leads from the tape's root to the message.
    public func redacted(_ failures: [ValidationFailure], below depth: Int = 0) -> [ValidationFailure] {
        failures.map { failure in
            let tokens = failure.instance.tokens
            switch relation(at: tokens.dropFirst(depth)) {
            case nil: return failure
            case .around:
                return ValidationFailure(
                    instance: failure.instance, path: failure.path, schema: failure.schema, message: failure.reason,
                    reason: failure.reason, offset: failure.offset)
            case .within(let sensitive): return redacted(failure, to: depth + sensitive)
            }
        }
    }

    private func redacted(_ failure: ValidationFailure, to length: Int) -> ValidationFailure {
        let path = JSONPointer(failure.path).map {
            JSONPointer(tokens: Array($0.tokens.prefix(length))).description
        }
        // Every other reason consists of the contract's words alone.
        let reason = failure.reason.hasPrefix("duplicate member") ? "duplicate member" : failure.reason
        return ValidationFailure(
            instance: JSONPointer(tokens: Array(failure.instance.tokens.prefix(length))), path: path ?? "",
            schema: failure.schema, message: reason, reason: reason, offset: failure.offset)
    }

    /// Returns an error without the content of sensitive values.
    ///
    /// - Parameter depth: The number of tokens of the pointer that leads from the tape's root to the message.
    public func redacted(_ error: JSONDecodingError, below depth: Int = 0) -> JSONDecodingError {
        let tokens = error.pointer.tokens
        guard case .within(let sensitive) = relation(at: tokens.dropFirst(depth)) else { return error }
        let reason: JSONDecodingError.Reason =
            switch error.reason {
            case .duplicateMember: .duplicateMember("")
            case .equivalentMembers: .equivalentMembers("")
            case .expected, .missingMember: error.reason
            }
        return error.shortened(to: depth + sensitive, reason)
    }
}
