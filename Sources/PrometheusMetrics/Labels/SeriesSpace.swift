/// The cross product of labels' values, in row-major order.
struct SeriesSpace: Sendable {
    let labels: [Label]
    let count: Int

    init(_ labels: [Label]) {
        self.labels = labels
        count = labels.reduce(1) { $0 * $1.count }
    }

    /// Returns the indices of the series whose labels have the values with some numbers; `nil` is each value.
    func indices(matching numbers: [Int?]) -> [Int] {
        zip(labels, numbers).reduce([0]) { indices, part in
            let (label, number) = part
            return indices.flatMap { index in
                (number.map { $0..<$0 + 1 } ?? 0..<label.count).map { index * label.count + $0 }
            }
        }
    }

    /// Returns the number of each label's value in the series with this index.
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
