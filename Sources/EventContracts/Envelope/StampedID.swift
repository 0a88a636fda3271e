/// The id of one message, as its envelope's patterns use it.
///
/// A random one stays a number until it is written.
public struct StampedID: Hashable, Sendable, CustomStringConvertible {
    private enum Source: Hashable, Sendable {
        case random(RandomID)
        case text(String)
    }

    private let source: Source

    init(_ random: RandomID) {
        source = .random(random)
    }

    init(_ text: String) {
        source = .text(text)
    }

    /// The id as text.
    public var text: String {
        switch source {
        case .random(let id): id.description
        case .text(let text): text
        }
    }

    public var description: String { text }

    /// Calls a closure with the text's bytes.
    func withUTF8(_ body: (UnsafeRawBufferPointer) -> Void) {
        switch source {
        case .random(let id): id.withUTF8(body)
        case .text(let text): text.withBytes(body)
        }
    }
}
