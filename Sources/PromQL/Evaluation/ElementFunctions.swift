#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The functions of single values.
enum ElementFunction {
    /// Returns a function without further parameters.
    static func named(_ name: String) -> ((Double) -> Double)? {
        switch name {
        case "abs": { abs($0) }
        case "acos": { acos($0) }
        case "acosh": { acosh($0) }
        case "asin": { asin($0) }
        case "asinh": { asinh($0) }
        case "atan": { atan($0) }
        case "atanh": { atanh($0) }
        case "ceil": { $0.rounded(.up) }
        case "cos": { cos($0) }
        case "cosh": { cosh($0) }
        case "deg": { $0 * 180 / .pi }
        case "exp": { exp($0) }
        case "floor": { $0.rounded(.down) }
        case "ln": { log($0) }
        case "log10": { log10($0) }
        case "log2": { log2($0) }
        case "rad": { $0 * .pi / 180 }
        case "sgn": { $0 < 0 ? -1 : $0 > 0 ? 1 : $0 }
        case "sin": { sin($0) }
        case "sinh": { sinh($0) }
        case "sqrt": { $0.squareRoot() }
        case "tan": { tan($0) }
        case "tanh": { tanh($0) }
        default: nil
        }
    }
}

/// The functions of the date, in UTC.
enum CalendarFunction: String {
    case minute, hour, month, year
    case dayOfMonth = "day_of_month"
    case dayOfWeek = "day_of_week"
    case dayOfYear = "day_of_year"
    case daysInMonth = "days_in_month"

    /// Returns a part of the date; `nil` for dates more than about 10,000 years away.
    ///
    /// - Parameter seconds: Since 1970.
    func value(at seconds: Double) -> Double? {
        guard seconds.magnitude < 3e11 else { return nil }
        let whole = Int(seconds)
        let days = (whole - (whole % 86400 + 86400) % 86400) / 86400
        let second = whole - days * 86400
        let date = CivilDate(daysSince1970: days)
        return switch self {
        case .minute: Double(second / 60 % 60)
        case .hour: Double(second / 3600)
        case .month: Double(date.month)
        case .year: Double(date.year)
        case .dayOfMonth: Double(date.day)
        case .dayOfWeek: Double(((days + 4) % 7 + 7) % 7)
        case .dayOfYear: Double(days - CivilDate.days(year: date.year, month: 1) + 1)
        case .daysInMonth:
            Double(
                CivilDate.days(year: date.month == 12 ? date.year + 1 : date.year, month: date.month % 12 + 1)
                    - CivilDate.days(year: date.year, month: date.month))
        }
    }
}

/// A date of the Gregorian calendar.
private struct CivilDate {
    let year: Int
    let month: Int
    let day: Int

    /// Counts years from March, so that the leap day is the last (H. Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms").
    init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Returns the days from 1970 to the first day of a month.
    static func days(year: Int, month: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
