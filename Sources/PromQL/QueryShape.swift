/// What a part of a query yields.
struct QueryShape {
    var type = QueryType.vector
    var role = Role.other
    var labels = LabelSet()
    /// The metric that it stems from, where there is one.
    var metric: String?
    /// Its value, where it is written out.
    var constant: Double?
    /// Whether it has a series for each value of each label: it stems from one metric, and nothing was filtered out.
    var isComplete = false
    /// Labels all of whose values are there whatever the others are, where it is complete.
    var independentLabels: Set<String> = []
}

extension QueryShape {
    enum Role {
        /// What does not depend on any series: a number, or a vector of one.
        case constant
        /// A total that only grows, until its process starts anew.
        case counter
        /// What goes up and down.
        case gauge
        /// The growth of a counter, and what is reckoned from growths.
        case rate
        /// One total divided by another: the ratio over the lives of the processes.
        case ratioOfTotals
        /// The cumulative buckets of a histogram, or their rates, each with its bound in `le`.
        case buckets, bucketRates
        /// Buckets of all bounds summed up, which was reported.
        case mixedBuckets
        case other
        /// What nothing is known of, so that nothing is said of it.
        case unknown
    }
}

extension QueryShape.Role {
    var isOfBuckets: Bool { self == .buckets || self == .bucketRates }

    /// Whether it grows, or keeps the past, as long as its process lives, so that it says nothing of the present.
    var isOfWholeLife: Bool { self == .counter || self == .buckets || self == .ratioOfTotals }

    /// What can go down without its process starting anew.
    var goesUpAndDown: Bool { self == .gauge || self == .rate || self == .ratioOfTotals }

    /// What arithmetic makes of two sides.
    func combined(with other: Self, by operation: Query.BinaryOperator) -> Self {
        switch (self, other) {
        case (.unknown, _), (_, .unknown): .unknown
        case (.mixedBuckets, _), (_, .mixedBuckets): .mixedBuckets
        case (.constant, .constant): .constant
        case (let role, .constant), (.constant, let role): role.scaled(by: operation)
        case (.buckets, .buckets) where operation == .add: .buckets
        case (.buckets, _), (.bucketRates, _), (_, .buckets), (_, .bucketRates): .bucketRates
        case (.counter, .counter) where operation == .add: .counter
        case (.counter, .counter) where operation == .divide: .ratioOfTotals
        // Such as with a gauge of 0 or 1, or one that carries labels.
        case (.counter, .gauge) where operation == .multiply, (.gauge, .counter) where operation == .multiply: .counter
        case (.rate, .rate): .rate
        case (.gauge, .gauge), (.gauge, .rate), (.rate, .gauge): .gauge
        case (.counter, _), (.gauge, _), (.rate, _), (.ratioOfTotals, _), (.other, _): .other
        }
    }

    private func scaled(by operation: Query.BinaryOperator) -> Self {
        switch operation {
        case .modulo, .power, .atan2: self == .gauge || self == .rate ? self : .other
        case .add, .subtract, .multiply, .divide, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
            .or, .and, .unless:
            self
        }
    }

    /// What it is of series that come from either side; a number is there to fill gaps, as in `or vector(0)`.
    func united(with other: Self) -> Self {
        if self == other || other == .constant { return self }
        return self == .constant ? other : .other
    }
}

extension QueryShape {
    init(_ series: MetricCatalog.Series) {
        switch series.role {
        case .counter: role = .counter
        case .gauge: role = .gauge
        case .buckets: role = .buckets
        case .other: role = .other
        }
        labels = series.labels
        metric = series.metric
        isComplete = series.isComplete
        independentLabels = series.independentLabels
    }
}
