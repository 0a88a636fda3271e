import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

extension SatisfiabilityCheck {
    /// The branches of a union that are examined.
    private static let mostBranches = 40

    /// A branch of `oneOf` or `anyOf`.
    private struct UnionBranch {
        /// The schema with the union.
        var schema: NodeID
        var union: Assertion
        var branches: [NodeID]
        var index: Int

        var node: NodeID { branches[index] }
        var others: [NodeID] { branches.indices.filter { $0 != index }.map { branches[$0] } }
        var keyword: String { union.keyword.tokens.last ?? "oneOf" }
    }

    /// Reports branches of `oneOf` and `anyOf` by which no valid value of the schema is valid.
    mutating func reportUnreachableBranches(in files: Set<String>, diagnostics: inout Diagnostics) {
        var seen: Set<SourceLocation> = []
        for id in model.ids where files.contains(model[id].file) && model[id].isComplete {
            for assertion in model[id].assertions {
                let branches: [NodeID]
                switch assertion.kind {
                case .one(let nodes), .any(let nodes): branches = nodes
                default: continue
                }
                guard seen.insert(assertion.location).inserted, branches.count <= Self.mostBranches,
                    needsProof(id, assertion, branches), !isReported(id, branches)
                else { continue }
                for index in branches.indices {
                    let branch = UnionBranch(schema: id, union: assertion, branches: branches, index: index)
                    report(branch, diagnostics: &diagnostics)
                }
            }
        }
    }

    /// Returns whether the schema may exclude a branch: by its other conditions, or by another branch.
    private func needsProof(_ id: NodeID, _ union: Assertion, _ branches: [NodeID]) -> Bool {
        let hasConditions = model[id].assertions.contains { $0.location != union.location }
        guard !hasConditions, case .one = union.kind else { return hasConditions }
        return branches.indices.contains { index in
            branches[..<index].contains { !plain.areDistinct($0, branches[index]) }
        }
    }

    private func isReported(_ id: NodeID, _ branches: [NodeID]) -> Bool {
        ([id] + branches).contains { empty.contains($0) || empty.contains(model.resolve($0)) }
    }

    private mutating func report(_ branch: UnionBranch, diagnostics: inout Diagnostics) {
        guard !model.statesNever(model.resolve(branch.node)), proofs.isEmpty(branch.schema, branch.node),
            let reason = reason(of: branch)
        else { return }
        let place = model[branch.node].location
        diagnostics.append(
            Diagnostic(
                reason.refusesValues ? .error : .warning, .unreachableBranch,
                at: place.file == branch.union.location.file ? place : branch.union.location,
                "branch \(branch.index + 1) of '\(branch.keyword)' never matches: \(reason.text)", hint: reason.hint,
                isAllowable: true))
    }

    private struct Reason {
        var text: String
        var hint: String
        /// Whether values are refused that the branch alone accepts.
        var refusesValues = true
    }

    /// Returns the reason why a branch never matches; `nil` of one that an equal branch states.
    private mutating func reason(of branch: UnionBranch) -> Reason? {
        if case .one = branch.union.kind {
            for (index, other) in branch.branches.enumerated() where index != branch.index {
                guard proofs.isContained(branch.node, in: [other]) else { continue }
                // One finding is enough for two branches that accept the same values.
                if index > branch.index, proofs.isContained(other, in: [branch.node]) { return nil }
                return Reason(
                    text:
                        "all its values are valid by branch \(index + 1) too, and 'oneOf' accepts values of exactly one",
                    hint: "write 'anyOf', or exclude its values from branch \(index + 1)")
            }
            if proofs.isContained(branch.node, in: branch.others) {
                return Reason(
                    text: "all its values are valid by other branches too, and 'oneOf' accepts values of exactly one",
                    hint: "write 'anyOf', or remove the branch")
            }
        }
        return Reason(
            text: "it contradicts the conditions beside '\(branch.keyword)'", hint: "correct the branch, or remove it",
            refusesValues: false)
    }
}
