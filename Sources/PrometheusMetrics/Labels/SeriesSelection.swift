/// The series of a family that exist from the start, with 0, so that `rate` and `absent` work from the first scrape on. The
/// others are shown once they have been touched.
public struct SeriesSelection: Sendable {
    private enum Choice: Sendable {
        case all
        case only([Int])
        case matching([[Int?]])
    }

    private let choice: Choice

    public static let all = SeriesSelection(choice: .all)
    public static let none = SeriesSelection(choice: .only([]))

    /// Returns the series with these indices, for a family of which not all combinations can occur. Unknown indices are ignored.
    public static func only(_ indices: some Sequence<Int>) -> SeriesSelection {
        SeriesSelection(choice: .only(Array(indices)))
    }

    /// Returns the series whose labels have some values: the number of a value for each label of the family, in order, or `nil`
    /// for each of its values.
    public static func matching(_ combinations: some Sequence<[Int?]>) -> SeriesSelection {
        SeriesSelection(choice: .matching(Array(combinations)))
    }

    /// Returns, for each series of a family, whether it is selected.
    func membership(in space: SeriesSpace) -> [Bool] {
        let indices: [Int]
        switch choice {
        case .all: return Array(repeating: true, count: space.count)
        case .only(let listed): indices = listed
        case .matching(let combinations): indices = combinations.flatMap { space.indices(matching: $0) }
        }
        var membership = Array(repeating: false, count: space.count)
        for index in indices where membership.indices.contains(index) { membership[index] = true }
        return membership
    }
}
