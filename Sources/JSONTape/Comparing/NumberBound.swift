/// A number to which numbers on a tape are compared, exactly, most of them without arithmetic on digits.
package struct NumberBound: Sendable {
    package let value: JSONNumber
    /// The value where it is a whole number of few digits.
    private let integer: Int64?

    package init(_ value: JSONNumber) {
        self.value = value
        integer = value.int64Value
    }

    /// Whether a number on a tape is less than, equal to, or greater than the value: -1, 0 or 1.
    package func compare(_ node: JSONTape.Index, of tape: borrowing JSONTape) -> Int {
        if let integer, let found = tape.shortInteger(at: node) {
            return found < integer ? -1 : found == integer ? 0 : 1
        }
        let found = tape.number(at: node)
        return found < value ? -1 : found == value ? 0 : 1
    }
}

extension JSONTape {
    /// A number of up to 18 digits without fraction and exponent.
    func shortInteger(at index: Index) -> Int64? {
        let node = node(index)
        guard node.kind == .number, node.flags == 0 else { return nil }
        return shortInteger(text(of: node))
    }
}
