/// Reads the parts of a date and time from their RFC 3339 text (section 5.6), front to back.
struct DateTimeScanner {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    var isAtEnd: Bool { position == text.count }

    /// A number of exactly so many digits.
    mutating func digits(_ count: Int) -> Int? {
        guard position + count <= text.count else { return nil }
        var value = 0
        for _ in 0..<count {
            let digit = text[position] &- 0x30
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
            position += 1
        }
        return value
    }

    /// Steps over a byte; letters match in either case.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard position < text.count else { return false }
        let isLetter = byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
        guard text[position] == byte || isLetter && text[position] | 0x20 == byte | 0x20 else { return false }
        position += 1
        return true
    }

    /// `full-date`: a day that the calendar has.
    mutating func fullDate() -> CivilDate? {
        guard let year = digits(4), skip(UInt8(ascii: "-")), let month = digits(2), skip(UInt8(ascii: "-")),
            let day = digits(2)
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        return date.exists ? date : nil
    }

    /// A time of day with its offset.
    struct Time {
        var secondOfDay: Int
        /// The second is the 60th of its minute.
        var isLeapSecond: Bool
        var attoseconds: UInt64
        var fractionDigits: Int
        var offset: Timestamp.Offset
    }

    /// `full-time`. A leap second is one only at 23:59 UTC. Fractions finer than attoseconds are refused.
    mutating func fullTime() -> Time? {
        guard let hour = digits(2), hour < 24, skip(UInt8(ascii: ":")), let minute = digits(2), minute < 60,
            skip(UInt8(ascii: ":")), let second = digits(2), second <= 60, let fraction = fraction(),
            let offset = offset()
        else { return nil }
        let isLeapSecond = second == 60
        if isLeapSecond {
            let minuteOfDay = hour * 60 + minute - offset.minutes
            guard (minuteOfDay % 1440 + 1440) % 1440 == 1439 else { return nil }
        }
        return Time(
            secondOfDay: hour * 3600 + minute * 60 + min(second, 59), isLeapSecond: isLeapSecond,
            attoseconds: fraction.attoseconds, fractionDigits: fraction.digits, offset: offset)
    }

    private mutating func fraction() -> (attoseconds: UInt64, digits: Int)? {
        guard skip(UInt8(ascii: ".")) else { return (0, 0) }
        var value: UInt64 = 0
        var digits = 0
        while position < text.count, text[position] &- 0x30 < 10 {
            guard digits < Timestamp.maximumFractionDigits else { return nil }
            value = value * 10 + UInt64(text[position] &- 0x30)
            digits += 1
            position += 1
        }
        guard digits > 0 else { return nil }
        return (value * Timestamp.powerOfTen(Timestamp.maximumFractionDigits - digits), digits)
    }

    private mutating func offset() -> Timestamp.Offset? {
        if skip(UInt8(ascii: "Z")) { return .utc }
        let isWest = skip(UInt8(ascii: "-"))
        guard isWest || skip(UInt8(ascii: "+")), let hours = digits(2), hours < 24, skip(UInt8(ascii: ":")),
            let minutes = digits(2), minutes < 60
        else { return nil }
        let total = hours * 60 + minutes
        return isWest && total == 0 ? .unknown : Timestamp.Offset(minutes: isWest ? -total : total)
    }
}
