import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A source of random UUIDs (RFC 9562, version 4) that costs no system call for each.
///
/// An id is the SipHash-2-4, with a 128-bit result, of a counter, under a 128-bit key from the system's random number
/// generator. SipHash is a pseudorandom function: ids of different keys and different counts are as independent as random
/// numbers, and nobody can tell the next from those before it. So two ids are equal as seldom as two random ones with 122
/// bits are: among 10¹⁵ ids, with a probability of 10⁻⁷.
///
/// - Within a process, all threads share one counter, which never repeats a number.
/// - Each process has a key of its own. A process that forks gets a new key in the child, before `fork` returns there.
enum UniqueIDs {
    private struct Source: ~Copyable {
        let counter = Atomic<UInt64>(0)
        let firstKey: Atomic<UInt64>
        let secondKey: Atomic<UInt64>

        init() {
            var system = SystemRandomNumberGenerator()
            firstKey = Atomic(system.next())
            secondKey = Atomic(system.next())
            // The child has one thread, so that nobody sees one of the keys without the other.
            _ = pthread_atfork(nil, nil, { UniqueIDs.changeKey() })
        }
    }

    private static let source = Source()

    private static func changeKey() {
        var system = SystemRandomNumberGenerator()
        source.firstKey.store(system.next(), ordering: .relaxed)
        source.secondKey.store(system.next(), ordering: .relaxed)
    }

    /// A new id, as 36 characters in lower case.
    static func next() -> String {
        let count = source.counter.wrappingAdd(1, ordering: .relaxed).oldValue
        var hash = SipHash(
            source.firstKey.load(ordering: .relaxed), source.secondKey.load(ordering: .relaxed))
        let (first, second) = hash.digest(of: count)
        return text(
            first & 0xFFFF_FFFF_FFFF_0FFF | 0x4000, second & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }

    private static func text(_ first: UInt64, _ second: UInt64) -> String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for index in 0..<32 {
                if index == 8 || index == 12 || index == 16 || index == 20 {
                    buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                let half = index < 16 ? first : second
                let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (index & 15))) & 0xF
                buffer[position] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
                position += 1
            }
            return position
        }
    }
}

/// SipHash-2-4 with a 128-bit result, of one 64-bit number.
struct SipHash {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64

    init(_ firstKey: UInt64, _ secondKey: UInt64) {
        v0 = firstKey ^ 0x736f_6d65_7073_6575
        v1 = secondKey ^ 0x646f_7261_6e64_6f6d ^ 0xee
        v2 = firstKey ^ 0x6c79_6765_6e65_7261
        v3 = secondKey ^ 0x7465_6462_7974_6573
    }

    mutating func digest(of number: UInt64) -> (UInt64, UInt64) {
        compress(number)
        // The last block holds the length in bytes.
        compress(8 << 56)
        v2 ^= 0xee
        for _ in 0..<4 { round() }
        let first = v0 ^ v1 ^ v2 ^ v3
        v1 ^= 0xdd
        for _ in 0..<4 { round() }
        return (first, v0 ^ v1 ^ v2 ^ v3)
    }

    private mutating func compress(_ block: UInt64) {
        v3 ^= block
        round()
        round()
        v0 ^= block
    }

    @inline(__always)
    private mutating func round() {
        v0 &+= v1
        v1 = v1 << 13 | v1 >> 51
        v1 ^= v0
        v0 = v0 << 32 | v0 >> 32
        v2 &+= v3
        v3 = v3 << 16 | v3 >> 48
        v3 ^= v2
        v0 &+= v3
        v3 = v3 << 21 | v3 >> 43
        v3 ^= v0
        v2 &+= v1
        v1 = v1 << 17 | v1 >> 47
        v1 ^= v2
        v2 = v2 << 32 | v2 >> 32
    }
}
