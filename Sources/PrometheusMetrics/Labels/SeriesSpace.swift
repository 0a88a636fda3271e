/// The cross product of labels' values, in row-major order.
struct SeriesSpace: Sendable {
    let labels: [Label]
    let count: Int

    init(_ labels: [Label]) {
        self.labels = labels
        count = labels.reduce(1) { $0 * $1.count }
    }

    /// The number of each label's value in the series with this index.
    func coordinates(of index: Int) -> [Int] {
        var coordinates: [Int] = []
        var rest = index
        for label in labels.reversed() {
            guard label.count > 0 else { return [] }
            coordinates.append(rest % label.count)
            rest /= label.count
        }
        return coordinates.reversed()
    }
}
