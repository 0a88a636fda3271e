public import JSONTape

/// Names that a contract states, each with its position: the members of a wide object, or the values of a wide enum.
///
/// A lookup hashes the bytes on the tape and compares them with one candidate, so its cost does not grow with the number
/// of names. Generated code uses a table where a `switch` over so many names would take the compiler too long.
public final class NameTable: Sendable {
    private let table: KeyTable

    /// Creates a table of names.
    ///
    /// - Parameter names: Different names, fewer than 2^30.
    public init(_ names: [String]) {
        table = KeyTable(names)
    }

    public var names: [String] { table.names }
    /// Valid as long as the table.
    var view: KeyTable.View { table.view }

    /// Returns the position of a string's value among the names; `nil` if it is not one of them.
    ///
    /// - Parameter guess: The position to compare first. Members mostly come in the order of their schema.
    public func position(of node: JSONTape.Index, in tape: borrowing JSONTape, near guess: Int = 0) -> Int? {
        let position = table.position(of: node, in: tape, near: guess)
        return position >= 0 ? position : nil
    }

    /// Returns the position of a string's value among the names; -1 if it is not one of them.
    public func index(of node: JSONTape.Index, in tape: borrowing JSONTape, near guess: Int = 0) -> Int {
        table.position(of: node, in: tape, near: guess)
    }

    /// Returns the position of a string among the names; `nil` if it is not one of them.
    public func position(of text: String) -> Int? { table.position(of: text) }
}
