import EventContracts

/// The answer to a request, for any HTTP server.
public struct EndpointResponse: Sendable {
    /// The status code: 200, 404, 405 or 503.
    public var status: Int
    /// The header `Content-Type`.
    public var contentType: String
    /// The header `Allow`, of a response with status 405.
    public var allow: String?
    /// The body. Chunks are made while they are read, so that a large exposition takes little memory.
    public var body: Body

    /// The chunks of a body.
    public struct Body: Sequence, Sendable {
        private enum Content: Sendable {
            case bytes([UInt8])
            case exposition(Exposition)
        }

        private let content: Content

        init(_ bytes: [UInt8]) { content = .bytes(bytes) }
        init(_ exposition: Exposition) { content = .exposition(exposition) }

        public func makeIterator() -> AnyIterator<[UInt8]> {
            switch content {
            case .bytes(let bytes): AnyIterator((bytes.isEmpty ? [] : [bytes]).makeIterator())
            case .exposition(let exposition): AnyIterator(exposition.makeIterator())
            }
        }

        /// All chunks in one.
        public var bytes: [UInt8] { reduce(into: []) { $0 += $1 } }
    }
}
