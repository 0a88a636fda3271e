/// A label of a family with the values that it can have.
public struct Label: Sendable {
    enum Values: Sendable {
        case closed([String])
        case open(BoundedLabel)
    }

    public let name: String
    let values: Values

    /// Creates a label whose values are all known; a series' index counts them in this order.
    public init(_ name: String, _ values: [String]) {
        self.name = name
        self.values = .closed(values)
    }

    /// Creates a label whose values are added at run time.
    public init(_ name: String, _ values: BoundedLabel) {
        self.name = name
        self.values = .open(values)
    }

    var isOpen: Bool {
        if case .open = values { true } else { false }
    }

    /// The number of values that it can have.
    public var count: Int {
        switch values {
        case .closed(let values): values.count
        case .open(let bounded): bounded.count
        }
    }

    /// Returns the value with this number; `nil` where it does not exist yet, or can't.
    func value(at index: Int) -> String? {
        switch values {
        case .closed(let values): values.indices.contains(index) ? values[index] : nil
        case .open(let bounded): bounded.value(at: index)
        }
    }

    /// The values that there are by now, each with its number, in the order in which they are shown: as declared, and
    /// those met at run time by their bytes.
    var numberedValues: [(index: Int, value: String)] {
        switch values {
        case .closed(let values): values.enumerated().map { ($0.offset, $0.element) }
        case .open(let bounded): bounded.numberedValues
        }
    }
}
