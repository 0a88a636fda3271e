/// The values of a label that a contract lists: a case for each, numbered from 0.
public protocol LabelValue: RawRepresentable<Int>, CaseIterable, Sendable {
    /// The values as Prometheus shows them, in the order of the cases.
    static var texts: [String] { get }

    /// Returns the case of a value; `nil` where there is none.
    init?(text: String)
}

extension LabelValue {
    public init?(text: String) {
        guard let position = Self.texts.firstIndex(of: text) else { return nil }
        self.init(rawValue: position)
    }
}
