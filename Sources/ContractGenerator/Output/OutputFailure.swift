#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The reason why files can't be read or written.
package struct OutputFailure: Error, Hashable, CustomStringConvertible {
    package var path: String
    package var message: String
    /// The failures of other files in the same run.
    package var others: [OutputFailure] = []

    package init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    /// Creates a failure with the system's reason.
    init(path: String, what: String, code: Int32) {
        self.init(
            path: path, message: "\(what): \(strerror(code).map { String(cString: $0) } ?? "error \(code)")")
    }

    /// Creates one failure of several; `nil` without any.
    init?(_ failures: [OutputFailure]) {
        guard let first = failures.first else { return nil }
        self = first
        others += failures.dropFirst()
    }

    package var description: String {
        (["\(path): \(message)"] + others.map(\.description)).joined(separator: "\n")
    }
}
