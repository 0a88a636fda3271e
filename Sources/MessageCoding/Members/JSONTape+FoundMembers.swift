public import JSONTape

extension JSONTape {
    /// Finds an object's members by their names, in one walk.
    ///
    /// - Parameter isClosed: Whether the object must have no other members.
    public func members(
        at object: Index, named table: NameTable, isClosed: Bool = false
    ) throws(JSONDecodingError) -> FoundMembers {
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
            } else if isClosed {
                throw mismatch(at: value, expected: "no such member")
            }
            key = self.end(of: value)
        }
        return members
    }
}
