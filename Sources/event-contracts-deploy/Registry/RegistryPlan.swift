import ContractEvolution
import ContractModel
import SchemaRegistry

/// The difference between a contract's schemas and a schema registry.
struct RegistryPlan: Sendable {
    /// The plan for one message's schema.
    struct Entry: Sendable {
        /// The message's name in the contract.
        var message: String
        var subject: String
        var schema: RegistrySchema
        /// The level that the contract asks for.
        var level: RegistryLevel
        /// The level that the subject has, of its own or the global one; `nil` where the registry has one of another kind.
        var currentLevel: RegistryLevel?
        var state: State
    }

    /// The state of a schema in its subject.
    enum State: Sendable {
        /// The registry has no such subject.
        case missing
        /// The subject has the schema.
        case registered(version: Int?, id: Int)
        /// The subject has other schemas.
        case changed(Change)
    }

    /// A schema that is to become a new version.
    struct Change: Sendable {
        /// The versions that it is compared with, the oldest first.
        var comparedWith: [Int]
        /// The changes that were found; empty where a version can't be read.
        var report: ChangeReport?
        /// The reason why a version can't be read.
        var unreadable: String?
        /// The registry's answer by the subject's present level.
        var registry: RegistryVerdict

        /// The answer by the meaning of the schemas, at the contract's level.
        var verdict: Verdict {
            guard let report else { return .undecided }
            if report.isBreaking { return .incompatible }
            if report.changes.contains(where: \.isAccepted) { return .accepted }
            return report.changes.contains { $0.rule == .messageUndecided } ? .undecided : .compatible
        }
    }

    /// The verdict on a change by the contract's compatibility level.
    enum Verdict: String, Sendable {
        case compatible, incompatible, undecided
        /// Incompatible, which the manifest accepts.
        case accepted
    }

    var entries: [Entry]

    /// Whether the registry lacks a schema or a level of the contract.
    var hasDrift: Bool { entries.contains { !$0.isUpToDate } }
    /// Whether a schema breaks what its level promises.
    var isIncompatible: Bool { entries.contains { $0.verdict == .incompatible } }
}

extension RegistryPlan.Entry {
    var isUpToDate: Bool {
        if case .registered = state { currentLevel == level } else { false }
    }

    /// `nil` where there is nothing to compare.
    var verdict: RegistryPlan.Verdict? {
        if case .changed(let change) = state { change.verdict } else { nil }
    }
}
