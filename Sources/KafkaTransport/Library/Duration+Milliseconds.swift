extension Duration {
    /// Whole milliseconds, rounded towards zero; the greatest number where there are more.
    var milliseconds: Int {
        Int(clamping: attoseconds / 1_000_000_000_000_000)
    }

    /// The duration in the library's milliseconds, at least 1: the library takes 0 for "don't wait".
    var cTimeout: Int32 { Int32(clamping: max(milliseconds, 1)) }
}
