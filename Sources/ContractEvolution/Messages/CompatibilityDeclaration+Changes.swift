import ContractModel
import JSONSchema
import JSONTape

extension CompatibilityDeclaration.Level {
    /// Returns whether a change must not break some of those who use messages.
    ///
    /// - Parameter isLatest: Whether the change is one from the version before.
    func forbids(_ affected: Change.Affected, isLatest: Bool) -> Bool {
        guard isLatest || isTransitive else { return false }
        switch affected {
        case .data: return isBackward
        case .readers: return isForward
        case .source, .operations: return false
        }
    }
}
