/// A number that generated code compares with numbers on a tape, where it is not a whole number that fits.
public struct NumberBound: Sendable {
    public let value: JSONNumber

    /// Reads a number that the generator has written.
    public init(literal: StaticString) {
        value = JSONNumber(literal: literal.description) ?? 0
    }

    /// Returns whether a number on a tape is less than, equal to, or greater than the value: -1, 0 or 1.
    public func compare(_ node: JSONTape.Index, of tape: borrowing JSONTape) -> Int {
        let found = tape.number(at: node)
        return found < value ? -1 : found == value ? 0 : 1
    }
}
