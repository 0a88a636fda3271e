public import JSONTape

/// The values of an object's members by their positions in a ``NameTable``. Of members with one name it has the last.
public struct FoundMembers: Sendable {
    private let table: NameTable
    private let object: JSONTape.Index
    // The root's index, 0, which is not a member's, represents an absent member.
    /// The values at the positions below 32, without an allocation.
    @usableFromInline var first = SIMD32<UInt32>()
    /// The values at the other positions.
    @usableFromInline var others: [UInt32] = []

    init(table: NameTable, object: JSONTape.Index, count: Int) {
        self.table = table
        self.object = object
        if count > 32 { others = [UInt32](repeating: 0, count: count - 32) }
    }

    /// Returns the value of a member; `nil` where it is absent.
    @inlinable
    public subscript(position: Int) -> JSONTape.Index? {
        let raw = position < 32 ? first[position] : others[position - 32]
        return raw == 0 ? nil : JSONTape.Index(raw: raw)
    }

    /// Returns the value of a member that the object must have.
    @inlinable
    public func value(at position: Int, in tape: borrowing JSONTape) throws(JSONDecodingError) -> JSONTape.Index {
        guard let value = self[position] else { throw missing(position, in: tape) }
        return value
    }

    @usableFromInline @inline(never)
    func missing(_ position: Int, in tape: borrowing JSONTape) -> JSONDecodingError {
        tape.missing(table.names[position], in: object)
    }

    mutating func set(_ value: JSONTape.Index, at position: Int) {
        guard position < 32 else {
            others[position - 32] = value.raw
            return
        }
        // In bounds: 32 elements of 4 bytes. The vector's own setter would copy the whole of it.
        withUnsafeMutableBytes(of: &first) {
            $0.storeBytes(of: value.raw, toByteOffset: position &* 4, as: UInt32.self)
        }
    }
}
