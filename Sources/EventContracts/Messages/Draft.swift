/// A message without its envelope: the event, the values that it fixes and the arguments of its factory.
///
/// The factories of generated messages return drafts. A producer stamps each draft when it is sent: it fills the envelope
/// from its own clock, source of ids and service name, so that messages of one contract can be sent by many services.
///
/// ```swift
/// try await producer.send(JobMessage.completed(jobID: "42", resultID: "r-7"))
/// ```
///
/// ## Stamping by hand
///
/// A draft can't be read as a message. ``stamped(in:)`` makes the message, for instance to change what the contract fills
/// by itself, or to compare it in a test:
///
/// ```swift
/// var message = JobMessage.completed(jobID: "42", resultID: "r-7").stamped(in: producer.context)
/// message.metadata.correlationID = request.id
/// try await producer.send(message)
/// ```
///
/// ## Validation
///
/// A draft whose parameters can't break the contract is sent without validation. The generator decides this for each event:
/// what the event fixes and requires holds by construction, so it is enough that the schema limits nothing beyond what the
/// Swift types guarantee. A length, a range, a pattern or an enum that admits unknown values is such a limit, and then the
/// bytes are validated as those of any message are. A stamped message can be changed by anyone, and is validated. What no
/// type guarantees, finite numbers and the nesting of free values, is checked while encoding, always.
public struct Draft<M: Message>: Hashable, Sendable {
    @usableFromInline var message: M
    @usableFromInline let isProvenValid: Bool

    /// Creates a draft. Only generated factories call this.
    ///
    /// - Parameters:
    ///   - message: The message, with placeholders in its envelope.
    ///   - isProvenValid: Whether the stamped message is valid whatever the factory's arguments are.
    @inlinable
    public init(unstamped message: consuming M, isProvenValid: Bool) {
        self.message = message
        self.isProvenValid = isProvenValid
    }

    /// Returns the message, with its envelope filled from a context.
    public func stamped(in context: MessageContext) -> M {
        var message = message
        M.stamp(&message, with: context.stamp())
        return message
    }
}

extension Draft: Producible {
    public typealias ProducedMessage = M

    public static func produce(_ draft: inout Self, in context: MessageContext, into production: inout Production) {
        M.produce(&draft, in: context, into: &production)
    }
}
