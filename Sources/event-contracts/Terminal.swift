#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What is known of the terminal, and how it is written to.
enum Terminal {
    enum Stream: Int32 {
        case standardOutput = 1
        case standardError = 2
    }

    static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

    /// Colours go to terminals alone, and not where `NO_COLOR` is set (no-color.org) or the terminal is dumb.
    static func showsColor(of stream: Stream) -> Bool {
        isTerminal(stream) && value(of: "NO_COLOR") == nil && value(of: "TERM") != "dumb"
    }

    private static func value(of variable: String) -> String? {
        guard let value = getenv(variable), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// Writes all of a text. Where the other end is gone, the rest has no reader and is dropped.
    static func write(_ text: String, to stream: Stream) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { posixWrite(stream.rawValue, $0) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Shows how far long work has come, on a terminal only; the empty text takes the line away.
    static func showProgress(_ text: String) {
        guard isTerminal(.standardError) else { return }
        write("\r\u{1B}[K" + text, to: .standardError)
    }
}

/// `write` under a name that the methods above don't hide.
private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
