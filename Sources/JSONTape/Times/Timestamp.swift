/// A date and time as RFC 3339 writes it, kept as it was said: with its fraction's digits and its offset.
///
/// Two timestamps are equal when they say the same instant in the same way; ``isSameInstant(as:)`` regards only the
/// instant. Fractions may have up to 18 digits, which makes a unit of one attosecond, as in `Duration`.
public struct Timestamp: Hashable, Sendable {
    /// The difference between local time and UTC.
    public struct Offset: Hashable, Sendable {
        /// Minutes east of UTC.
        public var minutes: Int { notation == .numeric ? Int(numericMinutes) : 0 }

        enum Notation: UInt8 {
            case z, unknown, numeric
        }

        let notation: Notation
        let numericMinutes: Int16

        private init(_ notation: Notation, minutes: Int16 = 0) {
            self.notation = notation
            numericMinutes = minutes
        }

        /// `Z`.
        public static var utc: Offset { Offset(.z) }

        /// `-00:00`: the time in UTC is known, the local offset is not (RFC 3339, section 4.3).
        public static var unknown: Offset { Offset(.unknown) }

        /// Creates the offset `+hh:mm` or `-hh:mm`, clamped to less than a day.
        public init(minutes: Int) {
            self.init(.numeric, minutes: Int16(max(-1439, min(1439, minutes))))
        }
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let secondsSince1970: Int64
    /// The fraction of the second, in 10⁻¹⁸ seconds.
    public let attoseconds: UInt64
    /// The number of digits of the fraction that are written, 0 to 18.
    public let fractionDigits: Int
    public let offset: Offset
    /// Whether this is second 60 of its minute. ``secondsSince1970`` is then that of second 59.
    public let isLeapSecond: Bool

    package static var maximumFractionDigits: Int { 18 }

    /// The range of four-digit years, in seconds from 1970-01-01T00:00:00 in local time.
    private static var representableSeconds: ClosedRange<Int64> { -62_167_219_200...253_402_300_799 }

    /// Creates an instant since 1970. A fraction finer than `fractionDigits` is truncated. Instants outside the years
    /// 0000 to 9999 of their local time are clamped to the nearest second that RFC 3339 can express.
    public init(
        secondsSince1970: Int64, attoseconds: UInt64 = 0, fractionDigits: Int = 0, offset: Offset = .utc
    ) {
        let digits = max(0, min(Self.maximumFractionDigits, fractionDigits))
        let unit = DecimalDigits.powerOfTen(Self.maximumFractionDigits - digits)
        let fraction = min(attoseconds, 999_999_999_999_999_999)
        let offsetSeconds = Int64(offset.minutes) * 60
        let range = Self.representableSeconds
        self.secondsSince1970 = min(
            max(secondsSince1970, range.lowerBound - offsetSeconds), range.upperBound - offsetSeconds)
        self.attoseconds = fraction / unit * unit
        self.fractionDigits = digits
        self.offset = offset
        isLeapSecond = false
    }

    /// Parses RFC 3339's `date-time`; `nil` if the text is invalid.
    public init?(_ text: String) {
        var text = text
        guard let timestamp = text.withUTF8({ Timestamp($0) }) else { return nil }
        self = timestamp
    }

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var scanner = DateTimeScanner(text)
        guard let (date, time) = scanner.dateTime(), scanner.isAtEnd,
            time.fraction.digits <= Self.maximumFractionDigits
        else { return nil }
        secondsSince1970 = Int64(date.daysSince1970 * 86400 + time.secondOfDay - time.offset.minutes * 60)
        attoseconds = time.fraction.attoseconds
        fractionDigits = time.fraction.digits
        offset = time.offset
        isLeapSecond = time.isLeapSecond
    }

    /// Returns whether both say the same instant, whatever their offsets and however many zeros end their fractions.
    public func isSameInstant(as other: Timestamp) -> Bool {
        instant == other.instant
    }

    private var instant: (Int64, Bool, UInt64) { (secondsSince1970, isLeapSecond, attoseconds) }

    /// Seconds since 1970, as near as a double comes.
    public var fractionalSecondsSince1970: Double { Double(secondsSince1970) + Double(attoseconds) / 1e18 }

    /// Milliseconds since 1970, finer parts cut off.
    public var millisecondsSince1970: Int64 {
        secondsSince1970 * 1000 + Int64(attoseconds / 1_000_000_000_000_000)
    }
}

extension Timestamp: Comparable {
    /// Orders by instant; equal instants by how they are written.
    public static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
        if !lhs.isSameInstant(as: rhs) {
            return (lhs.secondsSince1970, lhs.isLeapSecond ? 1 : 0, lhs.attoseconds)
                < (rhs.secondsSince1970, rhs.isLeapSecond ? 1 : 0, rhs.attoseconds)
        }
        return (lhs.offset.minutes, Int(lhs.offset.notation.rawValue), lhs.fractionDigits)
            < (rhs.offset.minutes, Int(rhs.offset.notation.rawValue), rhs.fractionDigits)
    }
}

extension Timestamp: CustomStringConvertible {
    /// The `date-time` of RFC 3339, section 5.6.
    public var description: String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.maximumLength) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            let end = write(to: start)
            return String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
        }
    }

    /// `2024-01-01T00:00:00.` + 18 digits + `+00:00`.
    static var maximumLength: Int { 44 }

    /// Writes the text to memory of at least ``maximumLength`` bytes, and returns its end.
    func write(to start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        // Local time counted from a multiple of days before the year 0, so that no part is negative.
        let shift = 800_000
        let local = UInt64(bitPattern: secondsSince1970 &+ Int64(offset.minutes &* 60 &+ shift &* 86400))
        let day = local / 86400
        let second = UInt32(truncatingIfNeeded: local &- day &* 86400)
        let date = CivilDate(daysSince1970: Int(day) &- shift)
        let hour = second / 3600
        let minute = second / 60 &- hour &* 60

        let year = UInt32(truncatingIfNeeded: date.year)
        let century = year / 100
        var out = TextWriter(end: start)
        out.put(two: century)
        out.put(two: year &- century &* 100)
        out.put("-")
        out.put(two: UInt32(truncatingIfNeeded: date.month))
        out.put("-")
        out.put(two: UInt32(truncatingIfNeeded: date.day))
        out.put("T")
        out.put(two: hour)
        out.put(":")
        out.put(two: minute)
        out.put(":")
        out.put(two: isLeapSecond ? 60 : second % 60)
        if fractionDigits > 0 {
            out.put(".")
            out.put(attoseconds: attoseconds, digits: fractionDigits)
        }
        if offset.notation == .z {
            out.put("Z")
        } else {
            let minutes = UInt32(truncatingIfNeeded: abs(offset.minutes))
            out.put(offset.notation == .unknown || offset.minutes < 0 ? "-" : "+")
            out.put(two: minutes / 60)
            out.put(":")
            out.put(two: minutes % 60)
        }
        return out.end
    }

    /// A writer that appends to the memory that ``write(to:)`` was given: its calls add up to ``maximumLength`` bytes
    /// at most.
    private struct TextWriter {
        var end: UnsafeMutablePointer<UInt8>

        @inline(__always)
        mutating func put(_ scalar: Unicode.Scalar) {
            end.initialize(to: UInt8(truncatingIfNeeded: scalar.value))
            end += 1
        }

        @inline(__always)
        mutating func put(two value: UInt32) {
            UnsafeMutableRawPointer(end).storeBytes(of: DecimalDigits.two(value).littleEndian, as: UInt16.self)
            end += 2
        }

        /// Writes all 18 digits of the fraction, for which there is room, and keeps those asked for.
        @inline(__always)
        mutating func put(attoseconds: UInt64, digits: Int) {
            let start = UnsafeMutableRawPointer(end)
            let first = attoseconds / 10_000_000_000
            start.storeBytes(
                of: DecimalDigits.eight(UInt32(truncatingIfNeeded: first)).littleEndian, as: UInt64.self)
            if digits > 8 {
                let rest = attoseconds &- first &* 10_000_000_000
                let middle = UInt32(truncatingIfNeeded: rest / 100)
                let last = UInt32(truncatingIfNeeded: rest % 100)
                start.storeBytes(
                    of: DecimalDigits.eight(middle).littleEndian, toByteOffset: 8, as: UInt64.self)
                start.storeBytes(of: DecimalDigits.two(last).littleEndian, toByteOffset: 16, as: UInt16.self)
            }
            end += digits
        }
    }
}

extension Timestamp: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let timestamp = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "invalid RFC 3339 date-time '\(text)', expected 2024-01-01T00:00:00Z or the like")
        }
        self = timestamp
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
