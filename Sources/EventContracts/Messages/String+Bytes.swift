extension String {
    /// Calls a closure with the text's UTF-8, in place where the string has it.
    ///
    /// Unlike `withUTF8`, this needs no variable, and so no copy of the string to count.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let result = utf8.withContiguousStorageIfAvailable { body(UnsafeRawBufferPointer($0)) }
        return result ?? Array(utf8).withUnsafeBytes(body)
    }
}
