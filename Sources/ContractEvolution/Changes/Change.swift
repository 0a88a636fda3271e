package import ContractModel
package import JSONTape

/// One difference between two versions of a contract.
package struct Change: Sendable {
    /// The parties that a change breaks.
    package enum Affected: String, CaseIterable, Comparable, Sendable {
        /// Old code that reads new messages.
        case readers
        /// Messages that old code has written, which new code reads.
        case data
        /// Code that calls the generated Swift.
        case source
        /// The data of topics, the order of records, and the names that dashboards and alerts use.
        case operations

        package static func < (lhs: Self, rhs: Self) -> Bool {
            Self.allCases.firstIndex(of: lhs) ?? 0 < Self.allCases.firstIndex(of: rhs) ?? 0
        }
    }

    package enum Severity: String, Sendable {
        /// The change breaks what the contract promises.
        case error
        /// The change breaks somebody, which the contract allows.
        case warning
        /// The change breaks nobody.
        case note
    }

    package var rule: ChangeRule
    /// The place in the new version, or in the old one where the new one has nothing there.
    package var location: SourceLocation
    package var message: String
    /// The subject of the change, by which the manifest can accept it: `OrderMessage/payload/priority`, `orders`.
    package var place = ""
    package var affected: Set<Affected> = []
    package var severity: Severity = .note
    /// Whether the manifest accepts a change that would be an error.
    package var isAccepted = false
    /// More about the change, such as what to do.
    package var notes: [String] = []
    /// Messages that one version accepts and the other does not, by whom they break.
    package var counterexamples: [Affected: JSONValue] = [:]
    /// The rules which prove that the messages of a version do not break a party; on the first change of each message.
    package var proofs: [Affected: Containment.Proof] = [:]

    init(
        _ rule: ChangeRule, at location: SourceLocation, _ message: String, affected: Set<Affected> = [],
        notes: [String] = []
    ) {
        self.rule = rule
        self.location = location
        self.message = message
        self.affected = affected
        self.notes = notes
    }
}

extension [Change] {
    /// Returns the changes with the place of each, before what each says itself.
    func at(_ place: String) -> [Change] {
        map { change in
            var change = change
            change.place = place + change.place
            return change
        }
    }
}

extension Change.Affected {
    /// The effect of the change in words.
    package var phrase: String {
        switch self {
        case .readers: "old code can't read new messages"
        case .data: "new code can't read old messages"
        case .source: "code that uses the generated types may not compile"
        case .operations: "operations are affected"
        }
    }

    /// Returns the proof that a party is not broken, in words.
    func phrase(_ proof: Containment.Proof) -> String {
        let claim = self == .readers ? "old code reads all new messages" : "new code reads all old messages"
        return switch proof {
        case .sameConditions: "\(claim): the conditions are the same"
        case .noCondition: "\(claim): it accepts everything"
        case .noValue: "\(claim): there are none"
        case .eachConditionFollows: "\(claim): each condition follows from those of the writer"
        }
    }

    package var counterexamplePhrase: String {
        switch self {
        case .readers: "the new version accepts this message, and the old one does not"
        default: "the old version accepts this message, and the new one does not"
        }
    }
}
