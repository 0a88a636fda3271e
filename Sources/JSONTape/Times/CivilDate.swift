/// A day of the proleptic Gregorian calendar, and its count of days from 1970-01-01.
///
/// The conversions follow Howard Hinnant, "chrono-compatible low-level date algorithms". They serve the years −400 to
/// 9999, in unsigned 32-bit arithmetic, whose divisions by constants are the cheapest.
struct CivilDate: Hashable {
    var year: Int
    var month: Int
    var day: Int

    /// Days from 0000-03-01, where the algorithms' first era starts, to 1970-01-01; and of one more era, which keeps
    /// the days before that positive.
    private static let epochShift = 719_468 + daysOfEra
    private static let daysOfEra = 146_097

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSince1970 days: Int) {
        let shifted = UInt32(truncatingIfNeeded: days &+ Self.epochShift)
        let era = shifted / 146_097
        let dayOfEra = shifted &- era &* 146_097
        let yearOfEra = (dayOfEra &- dayOfEra / 1460 &+ dayOfEra / 36524 &- dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
        let shiftedMonth = (5 &* dayOfYear &+ 2) / 153
        day = Int(dayOfYear &- (153 &* shiftedMonth &+ 2) / 5 &+ 1)
        month = Int(shiftedMonth < 10 ? shiftedMonth &+ 3 : shiftedMonth &- 9)
        year = Int(yearOfEra &+ era &* 400) &- 400 &+ (month <= 2 ? 1 : 0)
    }

    var daysSince1970: Int {
        let shiftedYear = UInt32(truncatingIfNeeded: month <= 2 ? year &+ 399 : year &+ 400)
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear &- era &* 400
        let shiftedMonth = UInt32(truncatingIfNeeded: month > 2 ? month &- 3 : month &+ 9)
        let dayOfYear = (153 &* shiftedMonth &+ 2) / 5 &+ UInt32(truncatingIfNeeded: day) &- 1
        let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
        return Int(era &* 146_097 &+ dayOfEra) &- Self.epochShift
    }

    /// Whether the calendar has such a day.
    var exists: Bool {
        guard 1...12 ~= month, day >= 1 else { return false }
        guard month == 2 else {
            // 31 days in odd months up to July, and in even ones from August.
            return day <= 30 + (month ^ month >> 3) & 1
        }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return day <= (isLeap ? 29 : 28)
    }
}
