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

        /// `+hh:mm` or `-hh:mm`, held to less than a day.
        public init(minutes: Int) {
            self.init(.numeric, minutes: Int16(max(-1439, min(1439, minutes))))
        }
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let secondsSince1970: Int64
    /// The fraction of the second, in 10⁻¹⁸ seconds.
    public let attoseconds: UInt64
    /// How many digits of the fraction are written, 0 to 18.
    public let fractionDigits: Int
    public let offset: Offset
    /// Whether this is second 60 of its minute. ``secondsSince1970`` is then that of second 59.
    public let isLeapSecond: Bool

    static var maximumFractionDigits: Int { 18 }

    /// The instants that four digits of a year can say, in seconds since 1970, a day of offset left free on both ends.
    private static var representableSeconds: ClosedRange<Int64> { -62_167_132_800...253_402_214_399 }

    /// An instant since 1970, UTC. A fraction finer than `fractionDigits` is cut off. Instants outside the years 0000
    /// to 9999 are held to the nearest that RFC 3339 can say.
    public init(
        secondsSince1970: Int64, attoseconds: UInt64 = 0, fractionDigits: Int = 0, offset: Offset = .utc
    ) {
        let digits = max(0, min(Self.maximumFractionDigits, fractionDigits))
        let unit = Self.powerOfTen(Self.maximumFractionDigits - digits)
        let fraction = min(attoseconds, Self.powerOfTen(18) - 1)
        self.secondsSince1970 = min(
            max(secondsSince1970, Self.representableSeconds.lowerBound), Self.representableSeconds.upperBound)
        self.attoseconds = fraction / unit * unit
        self.fractionDigits = digits
        self.offset = offset
        isLeapSecond = false
    }

    /// Reads RFC 3339's `date-time`; `nil` where the text is none.
    public init?(_ text: String) {
        var text = text
        guard let timestamp = text.withUTF8({ Timestamp($0) }) else { return nil }
        self = timestamp
    }

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var scanner = DateTimeScanner(text)
        guard let date = scanner.fullDate(), scanner.skip(UInt8(ascii: "T")), let time = scanner.fullTime(),
            scanner.isAtEnd
        else { return nil }
        secondsSince1970 = Int64(date.daysSince1970 * 86400 + time.secondOfDay - time.offset.minutes * 60)
        attoseconds = time.attoseconds
        fractionDigits = time.fractionDigits
        offset = time.offset
        isLeapSecond = time.isLeapSecond
    }

    /// Whether both say the same instant, whatever their offsets and however many zeros end their fractions.
    public func isSameInstant(as other: Timestamp) -> Bool {
        instant == other.instant
    }

    private var instant: (Int64, Bool, UInt64) { (secondsSince1970, isLeapSecond, attoseconds) }

    /// Milliseconds since 1970, finer parts cut off.
    public var millisecondsSince1970: Int64 {
        secondsSince1970 * 1000 + Int64(attoseconds / Self.powerOfTen(15))
    }

    /// 10 to the power of 0 to 18.
    static func powerOfTen(_ exponent: Int) -> UInt64 {
        // A table by switch: a stored array would be guarded by a lock.
        switch exponent {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1000
        case 4: 10_000
        case 5: 100_000
        case 6: 1_000_000
        case 7: 10_000_000
        case 8: 100_000_000
        case 9: 1_000_000_000
        case 10: 10_000_000_000
        case 11: 100_000_000_000
        case 12: 1_000_000_000_000
        case 13: 10_000_000_000_000
        case 14: 100_000_000_000_000
        case 15: 1_000_000_000_000_000
        case 16: 10_000_000_000_000_000
        case 17: 100_000_000_000_000_000
        default: 1_000_000_000_000_000_000
        }
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
            let count = write(to: buffer)
            return String(decoding: buffer[..<count], as: UTF8.self)
        }
    }

    /// `2024-01-01T00:00:00.` + 18 digits + `+00:00`.
    static var maximumLength: Int { 44 }

    /// Writes the text to a buffer of at least ``maximumLength`` bytes, and returns its length.
    func write(to buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var text = DigitWriter(buffer)
        let local = Int(secondsSince1970) &+ offset.minutes &* 60
        let secondOfDay = (local % 86400 &+ 86400) % 86400
        let date = CivilDate(daysSince1970: (local &- secondOfDay) / 86400)
        text.put(date.year, digits: 4)
        text.put(UInt8(ascii: "-"))
        text.put(date.month, digits: 2)
        text.put(UInt8(ascii: "-"))
        text.put(date.day, digits: 2)
        text.put(UInt8(ascii: "T"))
        text.put(secondOfDay / 3600, digits: 2)
        text.put(UInt8(ascii: ":"))
        text.put(secondOfDay / 60 % 60, digits: 2)
        text.put(UInt8(ascii: ":"))
        text.put(isLeapSecond ? 60 : secondOfDay % 60, digits: 2)
        if fractionDigits > 0 {
            text.put(UInt8(ascii: "."))
            let unit = Self.powerOfTen(Self.maximumFractionDigits &- fractionDigits)
            text.put(Int(truncatingIfNeeded: attoseconds / unit), digits: fractionDigits)
        }
        switch offset.notation {
        case .z:
            text.put(UInt8(ascii: "Z"))
        case .unknown, .numeric:
            let minutes = abs(offset.minutes)
            text.put(offset.notation == .unknown || offset.minutes < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
            text.put(minutes / 60, digits: 2)
            text.put(UInt8(ascii: ":"))
            text.put(minutes % 60, digits: 2)
        }
        return text.count
    }
}

/// Puts digits into a buffer that is known to be large enough.
private struct DigitWriter {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        self.buffer = buffer
    }

    @inline(__always)
    mutating func put(_ byte: UInt8) {
        buffer[count] = byte
        count &+= 1
    }

    @inline(__always)
    mutating func put(_ value: Int, digits: Int) {
        var rest = UInt(truncatingIfNeeded: value)
        var position = count &+ digits
        count = position
        for _ in 0..<digits {
            position &-= 1
            buffer[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }
}

extension Timestamp: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let timestamp = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is no RFC 3339 date-time such as 2024-01-01T00:00:00Z")
        }
        self = timestamp
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
