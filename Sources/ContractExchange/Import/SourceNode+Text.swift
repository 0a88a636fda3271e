import ContractModel

extension SourceNode {
    /// The text of a string.
    var text: String? { if case .string(let text) = content { text } else { nil } }
}
