/// The values of an object's members by their positions in a ``NameTable``. Of members with one name it has the last.
public struct FoundMembers: Sendable {
    private let table: NameTable
    private let object: JSONTape.Index
    // The root's index, 0, which is not a member's, represents an absent member.
    /// The values at the positions below 32, without an allocation.
    @usableFromInline var first = SIMD32<UInt32>()
    /// The values at the other positions.
    @usableFromInline var others: [UInt32] = []

    fileprivate init(table: NameTable, object: JSONTape.Index, count: Int) {
        self.table = table
        self.object = object
        if count > 32 { others = [UInt32](repeating: 0, count: count - 32) }
    }

    /// The value of a member; `nil` where it is absent.
    @inlinable
    public subscript(position: Int) -> JSONTape.Index? {
        let raw = position < 32 ? first[position] : others[position - 32]
        return raw == 0 ? nil : JSONTape.Index(raw: raw)
    }

    /// The value of a member that the object must have.
    @inlinable
    public func value(at position: Int, in tape: borrowing JSONTape) throws(JSONDecodingError) -> JSONTape.Index {
        guard let value = self[position] else { throw missing(position, in: tape) }
        return value
    }

    @usableFromInline @inline(never)
    func missing(_ position: Int, in tape: borrowing JSONTape) -> JSONDecodingError {
        tape.missing(table.names[position], in: object)
    }

    fileprivate mutating func set(_ value: JSONTape.Index, at position: Int) {
        if position < 32 { first[position] = value.raw } else { others[position - 32] = value.raw }
    }
}

extension JSONTape {
    /// Finds an object's members by their names, in one walk.
    public func members(at object: Index, named table: NameTable) throws(JSONDecodingError) -> FoundMembers {
        guard kind(at: object) == .object else { throw mismatch(at: object, expected: "an object") }
        let names = table.view
        var members = FoundMembers(table: table, object: object, count: names.count)
        var guess = 0
        var key = first(in: object)
        let end = end(of: object)
        while key != end {
            let value = value(ofKey: key)
            let position = names.position(of: key, in: self, near: guess)
            if position >= 0 {
                members.set(value, at: position)
                guess = position + 1
            }
            key = self.end(of: value)
        }
        return members
    }
}
