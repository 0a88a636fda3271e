/// The members or items of a value that keywords have evaluated, for `unevaluatedProperties` and `unevaluatedItems`.
public struct EvaluatedChildren {
    private var first: UInt64 = 0
    /// The bits after the first 64; empty for most values, so that most validators allocate nothing.
    private var more: [UInt64]

    /// Creates an empty set of members or items.
    ///
    /// - Parameter count: The number of members or items.
    public init(count: Int) {
        more = count > 64 ? [UInt64](repeating: 0, count: (count - 1) / 64) : []
    }

    /// Records that the child at a position has been evaluated.
    public mutating func insert(_ position: Int) {
        let bit: UInt64 = 1 &<< UInt64(position & 63)
        if position < 64 {
            first |= bit
        } else {
            more[position >> 6 - 1] |= bit
        }
    }

    /// Records that all children from a position have been evaluated.
    public mutating func insertAll(from position: Int = 0) {
        if position < 64 { first |= ~0 &<< UInt64(position) }
        for index in more.indices {
            let start = position - (index + 1) * 64
            if start < 64 { more[index] |= ~0 << UInt64(max(0, start)) }
        }
    }

    /// Records the children that others have evaluated of the same value.
    public mutating func formUnion(_ other: EvaluatedChildren) {
        first |= other.first
        for index in more.indices { more[index] |= other.more[index] }
    }

    public func contains(_ position: Int) -> Bool {
        let bit: UInt64 = 1 &<< UInt64(position & 63)
        return (position < 64 ? first : more[position >> 6 - 1]) & bit != 0
    }
}
