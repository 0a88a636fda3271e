/// The values of an object's members by their positions in a ``NameTable``. Of members with one name it has the last.
public struct FoundMembers: Sendable {
    private let table: NameTable
    private let object: JSONTape.Index
    /// The root's index, which is not the index of a member, marks an absent member.
    private let values: [JSONTape.Index]

    fileprivate init(table: NameTable, object: JSONTape.Index, values: [JSONTape.Index]) {
        self.table = table
        self.object = object
        self.values = values
    }

    /// The value of a member; `nil` where it is absent.
    public subscript(position: Int) -> JSONTape.Index? {
        values[position] == .root ? nil : values[position]
    }

    /// The value of a member that the object must have.
    public func value(at position: Int, in tape: borrowing JSONTape) throws(JSONDecodingError) -> JSONTape.Index {
        guard let value = self[position] else { throw tape.missing(table.names[position], in: object) }
        return value
    }
}

extension JSONTape {
    /// Finds an object's members by their names, in one walk.
    public func members(at object: Index, named table: NameTable) throws(JSONDecodingError) -> FoundMembers {
        guard kind(at: object) == .object else { throw mismatch(at: object, expected: "an object") }
        var values = [Index](repeating: .root, count: table.names.count)
        var guess = 0
        var key = first(in: object)
        let end = end(of: object)
        while key != end {
            let value = value(ofKey: key)
            if let position = table.position(of: key, in: self, near: guess) {
                values[position] = value
                guess = position + 1
            }
            key = self.end(of: value)
        }
        return FoundMembers(table: table, object: object, values: values)
    }
}
