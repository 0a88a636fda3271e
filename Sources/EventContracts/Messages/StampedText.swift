/// A text of an envelope's pattern, such as `"job-\(jobID)-\(stamp.id)"`.
///
/// Generated code makes a string through this type, since its buffer has room for all of a usual message's id at once, where a
/// string that is interpolated grows in steps.
public struct StampedText: ExpressibleByStringInterpolation, Sendable {
    /// The text.
    public let string: String

    @inlinable
    public init(stringLiteral value: String) {
        string = value
    }

    @inlinable
    public init(stringInterpolation: StringInterpolation) {
        string = stringInterpolation.text
    }

    /// The text while it is put together.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        @usableFromInline var text = ""

        @inlinable
        public init(literalCapacity: Int, interpolationCount: Int) {
            // A UUID has 36 bytes.
            text.reserveCapacity(literalCapacity + 36 * interpolationCount)
        }

        @inlinable
        public mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        @inlinable
        public mutating func appendInterpolation(_ value: String) {
            text += value
        }

        @inlinable
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text += value.description
        }

        @inlinable
        public mutating func appendInterpolation<Value>(_ value: Value) {
            text += "\(value)"
        }
    }
}

extension String {
    /// Creates the string of an envelope's pattern. Generated code calls this.
    @inlinable
    public init(stamped text: StampedText) {
        self = text.string
    }
}
