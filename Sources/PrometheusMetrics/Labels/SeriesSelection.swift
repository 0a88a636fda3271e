/// The series of a family that exist from the start, with 0, so that `rate` and `absent` work from the first scrape on. The
/// others are shown once they have been touched.
public struct SeriesSelection: Sendable {
    private enum Choice: Sendable {
        case all
        case only([Int])
    }

    private let choice: Choice

    public static let all = SeriesSelection(choice: .all)
    public static let none = SeriesSelection(choice: .only([]))

    /// The series with these indices, for a family not all of whose combinations can occur. Ones that the family does not
    /// have are passed over.
    public static func only(_ indices: some Sequence<Int>) -> SeriesSelection {
        SeriesSelection(choice: .only(Array(indices)))
    }

    /// For each of so many series, whether it is among them.
    func membership(of count: Int) -> [Bool] {
        switch choice {
        case .all: return Array(repeating: true, count: count)
        case .only(let indices):
            var membership = Array(repeating: false, count: count)
            for index in indices where membership.indices.contains(index) { membership[index] = true }
            return membership
        }
    }
}
