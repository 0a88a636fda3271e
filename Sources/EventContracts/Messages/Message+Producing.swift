import JSONTape

// Inlinable, so that the module of each message has these for its own type.
extension Message {
    /// Fills a draft's envelope, and writes the message's bytes, key, headers and event.
    @inlinable
    public static func produce(
        _ draft: inout Draft<Self>, in context: MessageContext, into production: inout Production
    ) {
        let stamp = context.stamp()
        production.isProvenValid = draft.isProvenValid
        Self.stamp(&draft.message, with: stamp)
        draft.message.write(into: &production)
        if hasStampedHeaders { addStampedHeaders(of: draft.message, with: stamp, to: &production.headers) }
    }

    /// Writes the message as it is: it has been stamped already.
    @inlinable
    public static func produce(
        _ message: inout Self, in context: MessageContext, into production: inout Production
    ) {
        production.isProvenValid = isValidByConstruction
        message.write(into: &production)
        // Headers that depend on when and where the message is sent have a stamp of their own.
        if hasStampedHeaders { addStampedHeaders(of: message, with: context.stamp(), to: &production.headers) }
    }

    @inlinable @inline(__always)
    func write(into production: inout Production) {
        encode(into: &production.writer)
        production.key = recordKey
        addHeaders(to: &production.headers)
        production.note(messageType.rawValue, of: self)
    }
}
