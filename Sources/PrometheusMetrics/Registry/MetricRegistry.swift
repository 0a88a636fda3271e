import Locks

/// The families that a scrape shows, in the order in which they were registered.
public final class MetricRegistry: Sendable {
    private struct State {
        var families: [any MetricFamily] = []
        /// The owner of each name.
        var owners: [String: String] = [:]
    }

    private let state = Lock(State())

    public init() {}

    /// Adds families: all of them or, if one can't be, none.
    public func register(_ families: any MetricFamily...) throws(RegistrationError) {
        try register(contentsOf: families)
    }

    /// Adds families: all of them or, if one can't be, none.
    public func register(contentsOf families: [any MetricFamily]) throws(RegistrationError) {
        try state.withLock { state throws(RegistrationError) in
            var owners = state.owners
            for family in families.map(\.description) {
                try family.check()
                for name in MetricNames.taken(by: family) {
                    if let owner = owners.updateValue(family.name, forKey: name) {
                        throw .nameTaken(name, by: owner, family: family.name)
                    }
                }
            }
            state.owners = owners
            state.families += families
        }
    }

    /// Returns the text exposition of the families. The values are read when a chunk is requested.
    public func exposition(as format: ExpositionFormat = .text) -> Exposition {
        Exposition(of: state.withLock { $0.families }, as: format)
    }
}
