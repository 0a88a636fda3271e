/// One series of a counter: a count that only grows.
public struct CounterSeries: Sendable {
    public let family: CounterFamily
    @usableFromInline let index: Int

    /// Selects a series of a family.
    ///
    /// - Parameters:
    ///   - family: The family of the series.
    ///   - index: The position of the series among those of the family.
    @inlinable
    public init(_ family: CounterFamily, at index: Int = 0) {
        self.family = family
        self.index = index
    }

    /// Adds to the count.
    @inlinable
    public func increment(by amount: UInt64 = 1) { family.increment(at: index, by: amount) }

    /// The count so far.
    public var value: UInt64 { family.value(at: index) }
}

/// One series of a gauge: a value that rises and falls.
public struct GaugeSeries: Sendable {
    public let family: GaugeFamily
    private let index: Int

    /// Selects a series of a family.
    ///
    /// - Parameters:
    ///   - family: The family of the series.
    ///   - index: The position of the series among those of the family.
    public init(_ family: GaugeFamily, at index: Int = 0) {
        self.family = family
        self.index = index
    }

    /// Replaces the value.
    public func set(_ value: Double) { family.set(value, at: index) }

    /// Adds to the value.
    public func increment(by amount: Double = 1) { family.increment(at: index, by: amount) }

    /// Subtracts from the value.
    public func decrement(by amount: Double = 1) { family.decrement(at: index, by: amount) }

    /// The value now; 0 for a series that does not exist yet.
    public var value: Double { family.value(at: index) }
}

/// One series of a histogram: the distribution of observed values.
public struct HistogramSeries: Sendable {
    public let family: HistogramFamily
    private let index: Int

    /// Selects a series of a family.
    ///
    /// - Parameters:
    ///   - family: The family of the series.
    ///   - index: The position of the series among those of the family.
    public init(_ family: HistogramFamily, at index: Int = 0) {
        self.family = family
        self.index = index
    }

    /// Counts a value.
    public func observe(_ value: Double) { family.observe(value, at: index) }

    /// Counts a duration, in seconds.
    public func observe(_ duration: Duration) { family.observe(duration, at: index) }

    /// Counts durations, in seconds.
    public func observe(_ durations: ArraySlice<Duration>) { family.observe(durations, at: index) }

    /// The values observed so far.
    public var snapshot: HistogramSnapshot { family.snapshot(at: index) }
}
