import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The signals that would end the program while files change: they are delayed, so that nothing temporary remains.
enum DeferredSignals {
    private typealias Handler = @convention(c) (Int32) -> Void

    private static let signals = [SIGINT, SIGTERM, SIGHUP]
    private static let pending = Atomic<Int32>(0)
    /// The number of bodies that run, and what the signals did before the first of them.
    private static let installed = Mutex((count: 0, handlers: [(signal: Int32, handler: Handler?)]()))

    /// Whether a signal has come that will end the program.
    static var isPending: Bool { pending.load(ordering: .relaxed) != 0 }

    /// Runs a body. Signals that come meanwhile take effect after it.
    static func during<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        install()
        defer { restore() }
        return try body()
    }

    private static func install() {
        installed.withLock { state in
            state.count += 1
            guard state.count == 1 else { return }
            for number in signals {
                let before = signal(number) { DeferredSignals.pending.store($0, ordering: .relaxed) }
                // Ignored signals stay so, as those of a program that `nohup` started.
                if isIgnored(before) { signal(number, SIG_IGN) } else { state.handlers.append((number, before)) }
            }
        }
    }

    private static func restore() {
        let number = installed.withLock { state -> Int32 in
            state.count -= 1
            guard state.count == 0 else { return 0 }
            for (number, handler) in state.handlers { signal(number, handler) }
            state.handlers = []
            return pending.exchange(0, ordering: .relaxed)
        }
        if number != 0 { raise(number) }
    }

    private static func isIgnored(_ handler: Handler?) -> Bool {
        // Both are pointers, or the numbers of the default and of ignoring.
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
