#if SANITIZER
#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A value that one thread at a time can reach, behind a pthread mutex.
///
/// For builds with a sanitizer: thread sanitizer knows pthread's functions, and does not see the futex of `Mutex` on Linux.
///
/// Unchecked because `value` is reached between lock and unlock only, and both pointers are the lock's own until `deinit`.
package struct Lock<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let value: UnsafeMutablePointer<Value>

    package init(_ initial: consuming sending Value) {
        mutex = .allocate(capacity: 1)
        value = .allocate(capacity: 1)
        value.initialize(to: initial)
        let code = pthread_mutex_init(mutex, nil)
        precondition(code == 0, "no mutex")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
        value.deinitialize(count: 1)
        value.deallocate()
    }

    package borrowing func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value.pointee)
    }
}
#else
@_exported public import Synchronization

/// A value that one thread at a time can reach. In builds with a sanitizer, another type takes its place.
package typealias Lock<Value: ~Copyable> = Mutex<Value>
#endif
