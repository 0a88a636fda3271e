/// A scanner of the parts of a date and time in their RFC 3339 text (section 5.6), front to back.
///
/// Each part first asks for as many bytes as it reads, which keeps its loads inside the text.
struct DateTimeScanner {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    var isAtEnd: Bool { position == text.count }

    /// Consumes the next bytes; `nil` where there are fewer.
    @inline(__always)
    private mutating func take(_ count: Int) -> UnsafePointer<UInt8>? {
        guard text.count &- position >= count, let start = text.baseAddress else { return nil }
        defer { position &+= count }
        return start + position
    }

    /// Returns the number of two digits; a number above every limit if they are not digits.
    @inline(__always)
    private func twoDigits(_ bytes: UnsafePointer<UInt8>) -> Int {
        let tens = Int(bytes[0] &- 0x30)
        let ones = Int(bytes[1] &- 0x30)
        return tens < 10 && ones < 10 ? tens &* 10 &+ ones : 255
    }

    /// Steps over a byte.
    @inline(__always)
    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position += 1
        return true
    }

    /// Reads a `date-time`, whose letters may be in either case.
    mutating func dateTime() -> (date: CivilDate, time: Time)? {
        guard let date = fullDate(), skip(UInt8(ascii: "T")) || skip(UInt8(ascii: "t")), let time = fullTime() else {
            return nil
        }
        return (date, time)
    }

    /// Reads a `full-date`: a day that the calendar has.
    mutating func fullDate() -> CivilDate? {
        guard let bytes = take(10), bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        let century = twoDigits(bytes)
        let yearOfCentury = twoDigits(bytes + 2)
        guard century < 100, yearOfCentury < 100 else { return nil }
        let date = CivilDate(
            year: century &* 100 &+ yearOfCentury, month: twoDigits(bytes + 5), day: twoDigits(bytes + 8))
        return date.exists ? date : nil
    }

    /// A time of day with its offset.
    struct Time {
        var secondOfDay: Int
        /// The second is the 60th of its minute.
        var isLeapSecond: Bool
        var fraction: Fraction
        var offset: Timestamp.Offset
    }

    struct Fraction {
        /// The first 18 digits' value.
        var attoseconds: UInt64 = 0
        /// All digits.
        var digits = 0
    }

    /// Reads a `full-time`. A leap second is valid only at 23:59 UTC.
    mutating func fullTime() -> Time? {
        guard let bytes = take(8), bytes[2] == UInt8(ascii: ":"), bytes[5] == UInt8(ascii: ":") else { return nil }
        let hour = twoDigits(bytes)
        let minute = twoDigits(bytes + 3)
        let second = twoDigits(bytes + 6)
        guard hour < 24, minute < 60, second <= 60, let fraction = fraction(), let offset = offset() else { return nil }
        let isLeapSecond = second == 60
        if isLeapSecond {
            let minuteOfDay = hour * 60 + minute - offset.minutes
            guard (minuteOfDay + 2 * 1440) % 1440 == 1439 else { return nil }
        }
        return Time(
            secondOfDay: hour &* 3600 &+ minute &* 60 &+ min(second, 59), isLeapSecond: isLeapSecond,
            fraction: fraction, offset: offset)
    }

    @inline(__always)
    private mutating func fraction() -> Fraction? {
        guard skip(UInt8(ascii: ".")) else { return Fraction() }
        let start = position
        var value: UInt64 = 0
        while position < text.count, text[position] &- 0x30 < 10 {
            if position &- start < Timestamp.maximumFractionDigits {
                value = value &* 10 &+ UInt64(text[position] &- 0x30)
            }
            position &+= 1
        }
        let digits = position &- start
        guard digits > 0 else { return nil }
        let missing = max(0, Timestamp.maximumFractionDigits &- digits)
        return Fraction(attoseconds: value &* DecimalDigits.powerOfTen(missing), digits: digits)
    }

    @inline(__always)
    private mutating func offset() -> Timestamp.Offset? {
        if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return .utc }
        let isWest = skip(UInt8(ascii: "-"))
        guard isWest || skip(UInt8(ascii: "+")), let bytes = take(5), bytes[2] == UInt8(ascii: ":") else { return nil }
        let hours = twoDigits(bytes)
        let minutes = twoDigits(bytes + 3)
        guard hours < 24, minutes < 60 else { return nil }
        let total = hours * 60 + minutes
        return isWest && total == 0 ? .unknown : Timestamp.Offset(minutes: isWest ? -total : total)
    }
}
