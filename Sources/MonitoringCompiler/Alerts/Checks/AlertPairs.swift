import ContractModel
import MetricsCompiler
import PromQL

/// A comparison of the alerts of a contract with each other: duplicates, and severities that are swapped.
struct AlertPairs {
    private struct Member {
        var alert: CompiledAlert
        var declaration: AlertDeclaration
        var condition: LimitCondition
    }

    let declaration: AlertsDeclaration
    /// The alerts by the subjects of their conditions, in the order of the manifest.
    private var members: [String: [Member]] = [:]
    private var subjects: [SourceLocation: String] = [:]

    init(_ alerts: [CompiledAlert], _ declaration: AlertsDeclaration, _ checker: ExpressionChecker) {
        self.declaration = declaration
        let declared = Dictionary(declaration.rules.map { ($0.name.location, $0) }) { first, _ in first }
        for alert in alerts where alert.origin == .declared {
            guard let rule = declared[alert.location],
                let condition = alert.expression.tree.map({ LimitCondition($0, checker) })
            else { continue }
            members[condition.subject, default: []].append(
                Member(alert: alert, declaration: rule, condition: condition))
            subjects[alert.location] = condition.subject
        }
    }

    /// Reports an alert that another one makes redundant.
    func check(_ rule: AlertDeclaration, diagnostics: inout Diagnostics) {
        guard let subject = subjects[rule.name.location], let members = members[subject], members.count > 1,
            let index = members.firstIndex(where: { $0.alert.location == rule.name.location })
        else { return }
        let member = members[index]
        for (otherIndex, other) in members.enumerated() where otherIndex != index {
            if member.condition.isEquivalent(to: other.condition), member.alert.holdsFor == other.alert.holdsFor {
                // Report the later one.
                guard otherIndex < index else { continue }
                diagnostics.warning(
                    .duplicateAlert, at: rule.name.location,
                    "the alert '\(rule.name.value)' has the same condition as '\(other.alert.name)': both fire together",
                    hint: "remove one of them, or choose another limit or 'for'")
                return
            }
            guard member.condition.implies(other.condition), member.alert.holdsFor >= other.alert.holdsFor,
                isLessUrgent(member, than: other)
            else { continue }
            diagnostics.warning(
                .severityOrder, at: member.declaration.severity.location,
                "'\(rule.name.value)' has the severity '\(member.declaration.severity.value)', but fires only if "
                    + "'\(other.alert.name)' fires, which has '\(other.declaration.severity.value)'",
                hint: "swap the severities: the stricter condition is more urgent")
            return
        }
    }

    private func isLessUrgent(_ member: Member, than other: Member) -> Bool {
        guard let rank = declaration.rank(of: member.declaration.severity.value),
            let otherRank = declaration.rank(of: other.declaration.severity.value)
        else { return false }
        return rank > otherRank
    }
}

/// A condition of an alert: a comparison of a subject with a limit, or any other expression.
struct LimitCondition {
    /// The canonical text of all but the limit.
    let subject: String
    private let comparison: Expression.BinaryOperator?
    private let limit: Double

    init(_ expression: Expression, _ checker: ExpressionChecker) {
        let expression = expression.unparenthesized
        if let (left, comparison, limit) = Self.comparison(expression, checker) {
            (subject, self.comparison, self.limit) = ("\(left) \(comparison.direction)", comparison, limit)
            return
        }
        // Further conditions after the first: `x > 5 and y`.
        if case .binary(let binary) = expression.node, let last = binary.operations.first,
            binary.operations.allSatisfy({ $0.binaryOperator == .and }),
            let (left, comparison, limit) = Self.comparison(binary.first.unparenthesized, checker)
        {
            let rest = binary.operations.map { $0.operand.normalForm }.joined(separator: " and ")
            let matching = last.matching.map { " \($0)" } ?? ""
            (subject, self.comparison, self.limit) =
                ("\(left) \(comparison.direction) and\(matching) \(rest)", comparison, limit)
            return
        }
        (subject, comparison, limit) = (expression.normalForm, nil, 0)
    }

    /// Splits a comparison with a number, which may be on the left.
    private static func comparison(
        _ expression: Expression, _ checker: ExpressionChecker
    ) -> (left: String, comparison: Expression.BinaryOperator, limit: Double)? {
        guard case .binary(var binary) = expression.node, let last = binary.operations.popLast(),
            last.binaryOperator.isComparison, !last.returnsBool, last.matching == nil
        else { return nil }
        func form(
            _ subject: Expression, _ comparison: Expression.BinaryOperator, _ limit: Double
        ) -> (left: String, comparison: Expression.BinaryOperator, limit: Double) {
            let form = checker.normalForm(of: comparison, limit, for: subject)
            return (subject.normalForm, form.comparison, form.limit)
        }
        if let limit = last.operand.constantValue {
            let left = binary.operations.isEmpty ? binary.first : Expression(.binary(binary))
            return form(left.unparenthesized, last.binaryOperator, limit)
        }
        guard binary.operations.isEmpty, let limit = binary.first.constantValue else { return nil }
        return form(last.operand.unparenthesized, last.binaryOperator.reversed, limit)
    }

    func isEquivalent(to other: LimitCondition) -> Bool {
        subject == other.subject && comparison == other.comparison && limit == other.limit
    }

    /// Returns whether the condition holds only if another one about the same subject holds.
    func implies(_ other: LimitCondition) -> Bool {
        guard let comparison, let otherComparison = other.comparison else { return isEquivalent(to: other) }
        let isStrict =
            comparison == otherComparison || otherComparison == .greaterOrEqual || otherComparison == .lessOrEqual
        switch comparison {
        case .greater, .greaterOrEqual: return limit > other.limit || (limit == other.limit && isStrict)
        case .less, .lessOrEqual: return limit < other.limit || (limit == other.limit && isStrict)
        default: return limit == other.limit
        }
    }
}

extension Expression.BinaryOperator {
    /// The direction of a comparison, whatever happens at the limit.
    fileprivate var direction: String {
        switch self {
        case .greater, .greaterOrEqual: "above"
        case .less, .lessOrEqual: "below"
        default: rawValue
        }
    }

    /// The comparison with its sides swapped.
    fileprivate var reversed: Self {
        switch self {
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        default: self
        }
    }
}
