public import Synchronization

/// A fixed number of 64-bit atomics side by side: all that a family stores. The only unsafe memory of this module.
///
/// An `Array` can't hold an `Atomic`, which can't be copied; so this owns the memory itself. Why it is safe:
/// - `base` points to `count` atomics, all initialized in `init` and deinitialized only in `deinit`; the struct can't be
///   copied, so nothing can use them after that.
/// - Every access goes through `atomic(at:)`, which checks the index.
/// - `@unchecked Sendable`: `base` and `count` never change, and what they lead to are atomics.
///
/// All operations are relaxed: the values are independent, and no other memory is read because of one.
@usableFromInline
struct AtomicArray: ~Copyable, @unchecked Sendable {
    @usableFromInline let base: UnsafeMutablePointer<Atomic<UInt64>>
    @usableFromInline let count: Int

    init(repeating value: UInt64, count: Int) {
        precondition(count >= 0, "a number of atomics can't be negative")
        self.count = count
        base = .allocate(capacity: count)
        for index in 0..<count { (base + index).initialize(to: Atomic(value)) }
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    @inlinable
    func atomic(at index: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
        precondition(index >= 0 && index < count, "no such series")
        return base + index
    }

    func load(at index: Int) -> UInt64 {
        atomic(at: index).pointee.load(ordering: .relaxed)
    }

    func store(_ value: UInt64, at index: Int) {
        atomic(at: index).pointee.store(value, ordering: .relaxed)
    }

    @inlinable
    func add(_ amount: UInt64, at index: Int) {
        atomic(at: index).pointee.wrappingAdd(amount, ordering: .relaxed)
    }

    /// Replaces a value by what `change` makes of it; called again where another thread was faster.
    func update(at index: Int, _ change: (UInt64) -> UInt64) {
        var old = load(at: index)
        while true {
            let (exchanged, original) = atomic(at: index).pointee.weakCompareExchange(
                expected: old, desired: change(old), ordering: .relaxed)
            if exchanged { return }
            old = original
        }
    }
}
