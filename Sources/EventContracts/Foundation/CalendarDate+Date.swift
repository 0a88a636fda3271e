#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension CalendarDate {
    /// Creates the day of an instant, in UTC; `nil` where its year is not from 0 to 9999.
    public init?(_ date: Date) {
        guard let days = Int(exactly: (date.timeIntervalSince1970 / 86400).rounded(.down)) else { return nil }
        self.init(daysSince1970: days)
    }

    /// Creates a day from the components `year`, `month` and `day`; `nil` where one is missing, or the calendar has no such
    /// day. Other components are ignored.
    public init?(_ components: DateComponents) {
        guard let year = components.year, let month = components.month, let day = components.day else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day's start in UTC.
    public var date: Date { Date(timeIntervalSince1970: Double(daysSince1970) * 86400) }

    /// The components `year`, `month` and `day`, for a calendar in any time zone.
    public var dateComponents: DateComponents { DateComponents(year: year, month: month, day: day) }
}
