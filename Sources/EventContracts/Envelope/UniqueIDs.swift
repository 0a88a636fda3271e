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
/// numbers, and the next one cannot be predicted. So two ids are equal as seldom as two random ones with 122
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

    /// Returns a new id.
    static func next() -> RandomID {
        let count = source.counter.wrappingAdd(1, ordering: .relaxed).oldValue
        var hash = SipHash(
            source.firstKey.load(ordering: .relaxed), source.secondKey.load(ordering: .relaxed))
        let (first, second) = hash.digest(of: count)
        return RandomID(
            first: first & 0xFFFF_FFFF_FFFF_0FFF | 0x4000,
            second: second & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }
}

/// A UUID. Its text is 36 characters in lower case.
struct RandomID: Hashable, Sendable, CustomStringConvertible {
    let first: UInt64
    let second: UInt64

    var description: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            write(to: UnsafeMutableRawBufferPointer(buffer))
            return 36
        }
    }

    /// Calls a closure with the text's bytes.
    func withUTF8(_ body: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: 36, alignment: 8) { bytes in
            write(to: bytes)
            body(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Writes the text to 36 bytes.
    private func write(to bytes: UnsafeMutableRawBufferPointer) {
        // Each store is within the bytes: the last ends at 28 + 8.
        func storeFour(_ digits: UInt64, at position: Int) {
            bytes.storeBytes(
                of: UInt32(truncatingIfNeeded: digits).littleEndian, toByteOffset: position, as: UInt32.self)
        }
        let (second, third) = (Self.hexadecimal(first & 0xFFFF_FFFF), Self.hexadecimal(self.second >> 32))
        bytes.storeBytes(of: Self.hexadecimal(first >> 32).littleEndian, as: UInt64.self)
        storeFour(second, at: 9)
        storeFour(second >> 32, at: 14)
        storeFour(third, at: 19)
        storeFour(third >> 32, at: 24)
        bytes.storeBytes(
            of: Self.hexadecimal(self.second & 0xFFFF_FFFF).littleEndian, toByteOffset: 28, as: UInt64.self)
        bytes[8] = UInt8(ascii: "-")
        bytes[13] = UInt8(ascii: "-")
        bytes[18] = UInt8(ascii: "-")
        bytes[23] = UInt8(ascii: "-")
    }

    /// Returns the eight hexadecimal digits of a 32-bit number, the first in the lowest byte.
    private static func hexadecimal(_ number: UInt64) -> UInt64 {
        // Gives each half byte a byte of its own, and then all of them their digits at once.
        var digits = (number << 16 | number) & 0x0000_FFFF_0000_FFFF
        digits = (digits << 8 | digits) & 0x00FF_00FF_00FF_00FF
        digits = (digits << 4 | digits) & 0x0F0F_0F0F_0F0F_0F0F
        let letters = (digits &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        let text = digits &+ 0x3030_3030_3030_3030 &+ letters &* UInt64(UInt8(ascii: "a") - UInt8(ascii: "0") - 10)
        return text.byteSwapped
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
