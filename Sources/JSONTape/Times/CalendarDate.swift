/// A day of the Gregorian calendar, without a time and a time zone: RFC 3339's `full-date`.
///
/// Years reach from 0000 to 9999, and the calendar's rules count for all of them. Each value has one text:
///
/// ```swift
/// let day = CalendarDate("2026-11-29")
/// day?.description // "2026-11-29"
/// CalendarDate(year: 2026, month: 2, day: 30) // nil: the calendar has no such day
/// ```
public struct CalendarDate: Hashable, Sendable {
    private let storedYear: Int16
    private let storedMonth: UInt8
    private let storedDay: UInt8

    /// The year, 0 to 9999.
    public var year: Int { Int(storedYear) }
    /// The month, 1 to 12.
    public var month: Int { Int(storedMonth) }
    /// The day of the month, from 1.
    public var day: Int { Int(storedDay) }

    /// Creates a day from its parts; `nil` where the calendar has no such day, or the year is not from 0 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard 0...9999 ~= year, 1...12 ~= month, 1...31 ~= day else { return nil }
        self.init(CivilDate(year: year, month: month, day: day))
    }

    /// Creates the day that follows 1970-01-01 by a number of days, or precedes it where the number is negative; `nil` where
    /// its year is not from 0 to 9999.
    public init?(daysSince1970 days: Int) {
        guard Self.representableDays ~= days else { return nil }
        self.init(CivilDate(daysSince1970: days))
    }

    /// Reads RFC 3339's `full-date`; `nil` where the text is not one.
    public init?(_ description: String) {
        var description = description
        guard let date = description.withUTF8({ CalendarDate($0) }) else { return nil }
        self = date
    }

    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var scanner = DateTimeScanner(text)
        guard let date = scanner.fullDate(), scanner.isAtEnd else { return nil }
        self.init(date)
    }

    /// Takes a date whose year is from 0 to 9999, month from 1 to 12 and day from 1 to 31, so that each part fits.
    private init?(_ date: CivilDate) {
        guard date.exists else { return nil }
        storedYear = Int16(date.year)
        storedMonth = UInt8(date.month)
        storedDay = UInt8(date.day)
    }

    /// 0000-01-01 to 9999-12-31.
    private static var representableDays: ClosedRange<Int> { -719_528...2_932_896 }

    /// The days from 1970-01-01 to this one, negative before it.
    public var daysSince1970: Int { CivilDate(year: year, month: month, day: day).daysSince1970 }
}

extension CalendarDate: Comparable {
    public static func < (lhs: CalendarDate, rhs: CalendarDate) -> Bool {
        (lhs.storedYear, lhs.storedMonth, lhs.storedDay) < (rhs.storedYear, rhs.storedMonth, rhs.storedDay)
    }
}

extension CalendarDate: LosslessStringConvertible {
    /// RFC 3339's `full-date`, such as `2026-11-29`.
    public var description: String {
        func digits(_ number: Int, _ count: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: count - digits.utf8.count) + digits
        }
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
    }
}

extension CalendarDate: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = CalendarDate(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected an RFC 3339 full-date such as 2026-11-29")
        }
        self = date
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
