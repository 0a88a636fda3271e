/// The values that matchers select.
extension Expression.Matcher {
    /// The maximum product of the length of a pattern and the number of values to match against it. Labels of real systems
    /// are far below.
    private static let mostComparisons = 1 << 20

    /// Returns whether the pattern can be matched against each of the values in reasonable time.
    func canTest(_ values: Set<String>) -> Bool { value.text.utf8.count * values.count <= Self.mostComparisons }

    /// Returns the values that the matcher selects or may select.
    func selected(of values: Set<String>) -> Set<String> {
        switch operation {
        case .equal: return values.intersection([value.text])
        case .notEqual: return values.subtracting([value.text])
        case .matches:
            if let listed = pattern?.listedValues { return values.intersection(listed) }
        case .doesNotMatch:
            if let listed = pattern?.listedValues { return values.subtracting(listed) }
        }
        return canTest(values) ? values.filter { matches($0) ?? true } : values
    }

    /// Returns whether the matcher selects a value; `nil` if that is unknown.
    package func matches(_ candidate: String) -> Bool? {
        switch operation {
        case .equal: candidate == value.text
        case .notEqual: candidate != value.text
        case .matches: pattern?.matches(candidate)
        case .doesNotMatch: pattern?.matches(candidate).map { !$0 }
        }
    }
}
