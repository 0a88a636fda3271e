/// The members of an object that a validator has found, by number.
public struct SeenMembers {
    @usableFromInline var bits: UInt64 = 0

    @inlinable
    public init() {}

    /// Records a member (0 to 63); returns whether it is the first of its name.
    @inlinable @inline(__always)
    public mutating func insert(_ member: UInt64) -> Bool {
        let bit: UInt64 = 1 &<< member
        defer { bits |= bit }
        return bits & bit == 0
    }

    @inlinable @inline(__always)
    public func contains(_ member: UInt64) -> Bool { bits & (1 &<< member) != 0 }

    /// Returns whether all members of a mask have been visited.
    @inlinable @inline(__always)
    public func containsAll(_ mask: UInt64) -> Bool { bits & mask == mask }
}
