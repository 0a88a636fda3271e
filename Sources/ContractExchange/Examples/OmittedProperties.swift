import JSONTape

/// The properties that the example of an event does not have: those that the event forbids, and those that only the rules
/// of other events name.
struct OmittedProperties {
    private let forbidden: Set<JSONPointer>
    private let required: Set<JSONPointer>
    private let own: Set<JSONPointer>
    private let mentions: [JSONPointer: Int]

    init() { self.init(forbidden: [], required: [], ofEvent: [], ofAll: [:]) }

    /// - Parameters:
    ///   - own: The properties that the rules of the event name.
    ///   - mentions: For each property, the number of events whose rules name it. All events of a message share it: a set
    ///     for each event would grow with the square of their number.
    init(
        forbidden: Set<JSONPointer>, required: Set<JSONPointer>, ofEvent own: Set<JSONPointer>,
        ofAll mentions: [JSONPointer: Int]
    ) {
        self.forbidden = forbidden
        self.required = required
        self.own = own
        self.mentions = mentions
    }

    func contains(_ property: JSONPointer) -> Bool {
        if forbidden.contains(property) { return true }
        guard let count = mentions[property], !required.contains(property) else { return false }
        return count > (own.contains(property) ? 1 : 0)
    }
}
