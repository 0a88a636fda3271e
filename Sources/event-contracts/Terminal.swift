import ContractModel
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The properties of the terminal, and output for terminals only.
enum Terminal {
    /// Colours go to terminals alone, and not where `NO_COLOR` is set (no-color.org) or the terminal is dumb.
    static func showsColor(of stream: StandardStream) -> Bool {
        stream.isTerminal && value(of: "NO_COLOR") == nil && value(of: "TERM") != "dumb"
    }

    private static func value(of variable: String) -> String? {
        guard let value = getenv(variable), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// Whether a line of progress is on the terminal.
    private static let showsProgress = Atomic(false)

    /// Shows the progress of long work, in place of the progress shown before.
    static func showProgress(_ text: String) {
        guard StandardStream.error.isTerminal, value(of: "TERM") != "dumb" else { return }
        showsProgress.store(true, ordering: .relaxed)
        StandardStream.error.write("\r\u{1B}[K" + text)
    }

    /// Removes the line of progress, so that the next output begins a line.
    static func hideProgress() {
        guard showsProgress.exchange(false, ordering: .relaxed) else { return }
        StandardStream.error.write("\r\u{1B}[K")
    }
}
