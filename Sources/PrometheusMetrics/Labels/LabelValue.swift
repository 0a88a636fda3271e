/// The values of a label that a contract lists: a case for each, numbered from 0.
public protocol LabelValue: RawRepresentable<Int>, CaseIterable, Sendable {
    /// The values as Prometheus shows them, in the order of the cases.
    static var texts: [String] { get }

    /// Returns the case of a value; `nil` where there is none.
    init?(text: String)
}

extension LabelValue {
    // Inlinable, so that a contract's module has it for its own labels: a label of a message's content is looked up for each
    // message, and generic code from another module costs more than the comparison.
    @inlinable
    public init?(text: String) {
        guard let position = Self.texts.firstIndex(of: text) else { return nil }
        self.init(rawValue: position)
    }
}
