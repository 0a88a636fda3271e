package import JSONTape

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension CalendarDate {
    /// The day of the system's clock, in UTC; the last day that the calendar has for a clock that is beyond it.
    package static var today: CalendarDate? {
        CalendarDate(daysSince1970: Int((Date().timeIntervalSince1970 / 86_400).rounded(.down)))
    }
}
