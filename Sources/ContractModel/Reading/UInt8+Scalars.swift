extension UInt8 {
    /// Whether a Unicode scalar starts with this byte, rather than continues.
    var startsScalar: Bool { self & 0xC0 != 0x80 }
}
