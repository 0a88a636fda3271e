/// The sizes at which generated code takes another form. The compiler's time grows faster than the length of a function,
/// so code for many members or values is split into functions, or replaced by a table.
enum Width {
    /// The maximum number of members of an object, or of values of an enum, that code distinguishes by a `switch`. Up to about this size a
    /// `switch` is also the faster form at run time.
    static let most = 32

    /// Returns whether a number of members or values is too large for straight-line code.
    static func isWide(_ count: Int) -> Bool { count > most }

    /// Returns the positions of `count` members, split into parts of at most ``most``.
    static func parts(of count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: most).map { $0..<min($0 + most, count) }
    }
}
