import ContractModel

extension Rule {
    /// The severities of the rule's findings in words.
    var levelName: String {
        switch level {
        case .error: "error"
        case .warning: "warning"
        case .mixed: "error or warning"
        }
    }
}
