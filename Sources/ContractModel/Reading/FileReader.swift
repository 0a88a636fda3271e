#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A reader of whole files, which reports errors.
package enum FileReader {
    /// The largest manifest or schema that is read, in bytes.
    package static let maximumSize = 16 << 20

    /// Returns the bytes of a regular file, or a diagnostic.
    package static func read(
        _ path: String, maximumSize: Int = FileReader.maximumSize, diagnostics: inout Diagnostics
    ) -> [UInt8]? {
        guard let file = InputFile(path, diagnostics: &diagnostics) else { return nil }
        if let size = file.size, size > maximumSize {
            diagnostics.error(
                .fileTooLarge, at: SourceLocation(file: path),
                "is \(size) bytes large; at most \(maximumSize) are read")
            return nil
        }
        var bytes: [UInt8] = []
        while let count = file.read(into: &bytes, diagnostics: &diagnostics) {
            if count == 0 { return bytes }
            guard bytes.count <= maximumSize else {
                diagnostics.error(
                    .fileTooLarge, at: SourceLocation(file: path),
                    "is larger than the \(maximumSize) bytes that are read")
                return nil
            }
        }
        return nil
    }

    /// Returns the message of a system error.
    static func message(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
