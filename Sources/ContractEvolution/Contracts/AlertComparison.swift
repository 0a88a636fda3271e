import ContractModel

/// A comparison of the conditions of an alert in two versions by what they mean.
enum AlertComparison {
    /// Returns the changes of the condition, and of the time for which it must hold.
    static func changes(_ old: AlertDeclaration, _ new: AlertDeclaration) -> [Change] {
        let name = new.name.value
        var changes: [Change] = []
        if let message = conditionChange(old.condition, new.condition) {
            var change = Change(
                .alertCondition, at: new.condition.location ?? new.name.location, "the alert '\(name)' \(message.text)",
                affected: message.isLooser == true ? [.operations] : [])
            if message.isLooser == nil { change.severity = .warning }
            changes.append(change)
        }
        let (before, after) = (old.holdsFor?.value ?? .zero, new.holdsFor?.value ?? .zero)
        if before != after {
            let (from, to) = (PrometheusDuration.text(of: before), PrometheusDuration.text(of: after))
            changes.append(
                Change(
                    .alertCondition, at: new.holdsFor?.location ?? new.name.location,
                    "the alert '\(name)' fires \(after > before ? "later" : "sooner"): its condition must hold for \(to), "
                        + "not \(from)",
                    affected: after > before ? [.operations] : []))
        }
        let (kept, keeps) = (old.keepsFiringFor?.value ?? .zero, new.keepsFiringFor?.value ?? .zero)
        if kept != keeps {
            let (from, to) = (PrometheusDuration.text(of: kept), PrometheusDuration.text(of: keeps))
            changes.append(
                Change(
                    .alertCondition, at: new.keepsFiringFor?.location ?? new.name.location,
                    "the alert '\(name)' keeps firing for \(to), not \(from)",
                    affected: keeps < kept ? [.operations] : []))
        }
        return changes
    }

    private struct Difference {
        var text: String
        /// Whether the alert fires less often; `nil` where it is not decided.
        var isLooser: Bool?
    }

    private static func conditionChange(_ old: AlertCondition, _ new: AlertCondition) -> Difference? {
        let (before, after) = (Parts(old), Parts(new))
        guard before != after else { return nil }
        guard before.withoutThreshold == after.withoutThreshold, let from = before.threshold, let to = after.threshold
        else { return Difference(text: "has a different condition: not decided when it fires", isLooser: nil) }
        if case .equals = new {
            return Difference(text: "fires at \(to), no longer at \(from)", isLooser: true)
        }
        if case .objective = new {
            return to < from
                ? Difference(text: "allows more errors: the objective is \(to) %, not \(from) %", isLooser: true)
                : Difference(text: "allows fewer errors: the objective is \(to) %, not \(from) %", isLooser: false)
        }
        return to > from
            ? Difference(text: "fires less often: its threshold is \(to), not \(from)", isLooser: true)
            : Difference(text: "fires more often: its threshold is \(to), not \(from)", isLooser: false)
    }

    /// The parts of a condition without their places and the order of matchers.
    private struct Parts: Hashable {
        var kind: String
        var selection: [String] = []
        var threshold: Double?

        var withoutThreshold: Parts { Parts(kind: kind, selection: selection) }

        private init(kind: String, selection: [String]) {
            self.kind = kind
            self.selection = selection
        }

        init(_ condition: AlertCondition) {
            switch condition {
            case .expression(let text):
                kind = "expression"
                selection = text.value.split(whereSeparator: \.isWhitespace).map(String.init)
            case .quantileAbove(let series, let quantile, let value):
                kind = "quantile \(quantile.value)"
                (selection, threshold) = (series.texts, value.value)
            case .errorRatioAbove(let series, let value):
                (kind, selection, threshold) = ("error ratio", series.texts, value.value)
            case .rateAbove(let series, let value):
                (kind, selection, threshold) = ("rate", series.texts, value.value)
            case .above(let series, let value): (kind, selection, threshold) = ("above", series.texts, value.value)
            case .equals(let series, let value): (kind, selection, threshold) = ("equals", series.texts, value.value)
            case .silent(let series): (kind, selection) = ("silent", series.texts)
            case .absent(let series): (kind, selection) = ("absent", series.texts)
            case .objective(let objective):
                kind = "objective \(objective.goodUpTo.map { String($0.value) } ?? "")"
                (selection, threshold) = (objective.selection.texts, objective.percent.value)
            }
        }
    }
}

extension MetricSelection {
    /// The parts of the selection, in an order of their own.
    fileprivate var texts: [String] {
        [family.value] + matching.map { "where \($0.name.value) \($0.text.value)" }.sorted()
            + scope.map { "in \($0.name.value) \($0.text.value)" }.sorted()
            + grouping.map { "by \($0.value)" }.sorted()
            + [window.map { "window \($0.value)" }, minimumEvents.map { "events \($0.value)" }].compactMap(\.self)
    }
}

extension AlertCondition {
    /// The place of the condition's threshold, or of its expression.
    fileprivate var location: SourceLocation? {
        switch self {
        case .expression(let text): text.location
        case .quantileAbove(_, _, let value), .errorRatioAbove(_, let value), .rateAbove(_, let value),
            .above(_, let value), .equals(_, let value):
            value.location
        case .silent(let series), .absent(let series): series.family.location
        case .objective(let objective): objective.percent.location
        }
    }
}
