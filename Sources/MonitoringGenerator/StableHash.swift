/// A hash that is the same in each run, unlike `Hasher`'s.
package enum StableHash {
    /// Returns the hash FNV-1a of 64 bits.
    package static func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
