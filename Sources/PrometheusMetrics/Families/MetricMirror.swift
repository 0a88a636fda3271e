/// Another metrics system that receives every change: the observations of a histogram cannot be computed from
/// its buckets later. A family without a mirror pays one branch that is always guessed right.
public protocol MetricMirror: Sendable {
    /// Returns the observer of a family. Called once, when the family is created.
    func observer(of family: FamilyDescription) -> any FamilyObserver
}

/// Told of the changes of one family, on the thread that makes them. Only objects can be: to see whether there is one
/// then takes a comparison with null, where any other value would first be copied (15 ns a change, as measured).
public protocol FamilyObserver: AnyObject, Sendable {
    func seriesChanged(at index: Int, _ change: SeriesChange)
}

/// One change of one series.
public enum SeriesChange: Sendable, Equatable {
    /// A counter grew.
    case counted(UInt64)
    /// A gauge changed by this, or a counter of seconds grew.
    case added(Double)
    /// A gauge was set.
    case set(Double)
    /// A histogram observed a value.
    case observed(Double)
}
