import JSONTape

/// A value that must not be disclosed, such as personal data.
///
/// Descriptions, dumps, string interpolation and logs show `‹redacted›` in its place. Only ``reveal()`` returns it. It is
/// equal, hashed and coded as the value itself: what encrypts messages works on their bytes.
///
/// ```swift
/// let message = CustomerMessage.registered(email: Sensitive("ann@example.org"))
/// print(message)                              // … email: ‹redacted› …
/// mailer.send(to: received.payload.email.reveal())
/// ```
public struct Sensitive<Value> {
    @usableFromInline var value: Value

    /// Wraps a value.
    @inlinable
    public init(_ value: Value) {
        self.value = value
    }

    /// Returns the value. What is done with it can disclose it.
    @inlinable
    public func reveal() -> Value { value }
}

extension Sensitive: Sendable where Value: Sendable {}
extension Sensitive: Equatable where Value: Equatable {}
extension Sensitive: Hashable where Value: Hashable {}

extension Sensitive: Encodable where Value: Encodable {
    /// Writes the value itself.
    ///
    /// - Throws: `EncodingError` without the value and without the error of its own type, which may show it.
    public func encode(to encoder: any Encoder) throws {
        do { try value.encode(to: encoder) } catch {
            throw EncodingError.invalidValue(
                self,
                EncodingError.Context(
                    codingPath: encoder.codingPath, debugDescription: "a sensitive value can't be encoded"))
        }
    }
}

extension Sensitive: Decodable where Value: Decodable {
    /// Reads the value itself.
    ///
    /// - Throws: `DecodingError` without the value and without the error of its own type, which may show it.
    public init(from decoder: any Decoder) throws {
        do { value = try Value(from: decoder) } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: "a sensitive value can't be decoded"))
        }
    }
}

extension Sensitive: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "‹redacted›" }
    public var debugDescription: String { description }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
