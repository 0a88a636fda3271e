#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Timestamp {
    /// Returns the system's time, to the microsecond, UTC.
    public static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(
            secondsSince1970: Int64(time.tv_sec), attoseconds: UInt64(time.tv_nsec) * 1_000_000_000, fractionDigits: 6)
    }
}
