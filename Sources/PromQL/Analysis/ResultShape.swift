/// The inferred properties of the result of an expression.
struct ResultShape {
    var type = ValueType.vector
    var role = Role.other
    var labels = LabelSet()
    /// The metric from which the result is computed, if there is exactly one.
    var metric: String?
    /// Whether totals of several processes are one, which falls when a process restarts.
    var mixesProcesses = false
    /// The value of a constant.
    var constant: Double?
    /// Whether it has a series for each value of each label: it is the result of one metric without a filter.
    var isComplete = false
    /// Labels of a complete result whose values occur in combination with all values of other labels.
    var independentLabels: Set<String> = []
}

extension ResultShape {
    enum Role {
        /// A number, or a vector of a number.
        case constant
        /// A total that only grows until its process restarts.
        case counter
        /// A value that goes up and down.
        case gauge
        /// The growth of a counter, and values computed from growths.
        case rate
        /// A counter divided by another: a ratio over the whole lives of the processes.
        case ratioOfTotals
        /// The cumulative buckets of a histogram, or their rates, each with its bound in `le`.
        case buckets, bucketRates
        /// The sum of buckets of different bounds, which has been reported.
        case mixedBuckets
        case other
        /// Unknown: no findings are reported about it.
        case unknown
    }
}

extension ResultShape.Role {
    var isOfBuckets: Bool { self == .buckets || self == .bucketRates }

    /// Whether it depends on the whole life of a process, and so not on the present.
    var isOfWholeLife: Bool { self == .counter || self == .buckets || self == .ratioOfTotals }

    /// Whether it can decrease without a restart of its process.
    var goesUpAndDown: Bool { self == .gauge || self == .rate || self == .ratioOfTotals }

    /// Returns the role of the result of an arithmetic operator.
    func combined(with other: Self, by operation: Expression.BinaryOperator) -> Self {
        switch (self, other) {
        case (.unknown, _), (_, .unknown): .unknown
        case (.mixedBuckets, _), (_, .mixedBuckets): .mixedBuckets
        case (.constant, .constant): .constant
        case (let role, .constant), (.constant, let role): role.scaled(by: operation)
        case (.buckets, .buckets) where operation == .add: .buckets
        case (.buckets, _), (.bucketRates, _), (_, .buckets), (_, .bucketRates): .bucketRates
        case (.counter, .counter) where operation == .add: .counter
        case (.counter, .counter) where operation == .divide: .ratioOfTotals
        // For example a gauge of 0 or 1, or one that adds labels.
        case (.counter, .gauge) where operation == .multiply, (.gauge, .counter) where operation == .multiply: .counter
        case (.rate, .rate): .rate
        case (.gauge, .gauge), (.gauge, .rate), (.rate, .gauge): .gauge
        case (.counter, _), (.gauge, _), (.rate, _), (.ratioOfTotals, _), (.other, _): .other
        }
    }

    private func scaled(by operation: Expression.BinaryOperator) -> Self {
        switch operation {
        case .modulo, .power, .atan2: self == .gauge || self == .rate ? self : .other
        case .add, .subtract, .multiply, .divide, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
            .or, .and, .unless:
            self
        }
    }

    /// Returns the role of the result of `or`. A constant only fills gaps, as in `or vector(0)`.
    func united(with other: Self) -> Self {
        if self == other || other == .constant { return self }
        return self == .constant ? other : .other
    }
}

extension ResultShape {
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
