/// The inferred values of the result of an expression.
struct ResultValues {
    /// The presence of a result, if the series of the contract exist.
    enum Presence {
        case always
        case never
        /// It depends on values, or on whether series exist.
        case sometimes
    }

    /// The measured quantity, as far as a comparison with it can be a mistake.
    enum Quantity {
        /// The current time, in seconds since 1970.
        case now
        /// A moment in the past, in seconds since 1970.
        case past
        /// Any moment, in seconds since 1970.
        case moment
        /// The seconds between two moments.
        case age
        case other

        var isMoment: Bool { self == .now || self == .past || self == .moment }
    }

    var range = ValueRange.all
    var mayBeNaN = false
    /// Whether the values are exact, such as counts and states, so that they can be compared by `==`.
    var isExact = false
    /// Whether all values are whole numbers.
    var isWhole = false
    var quantity = Quantity.other
    /// The unit by the name of the metric.
    var unit: ValueUnit?
    var presence = Presence.sometimes
    /// Whether a comparison may have dropped series.
    var isFiltered = false
    /// Whether it is a count or sum of filtered series, which is missing instead of 0 if all are dropped.
    var isMissingIfZero = false
    /// Whether it is a ratio of a part to its whole.
    var isShare = false
    /// The finite bounds of the histogram of a quantile.
    var bounds: [Double] = []

    static let unknown = ResultValues(mayBeNaN: true, isExact: true)

    static func constant(_ value: Double) -> ResultValues {
        ResultValues(
            range: .exactly(value), mayBeNaN: value.isNaN, isExact: true, isWhole: value.rounded() == value,
            presence: .always)
    }
}

extension ResultValues.Presence {
    func and(_ other: Self) -> Self {
        if self == .never || other == .never { return .never }
        return self == .always && other == .always ? .always : .sometimes
    }

    func or(_ other: Self) -> Self {
        if self == .always || other == .always { return .always }
        return self == .never && other == .never ? .never : .sometimes
    }
}
