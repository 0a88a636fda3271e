import ContractModel
import SchemaCompiler

extension CompiledContract {
    /// Returns the position of a message among those of the contract.
    ///
    /// - Throws: A usage error for an unknown name.
    func index(ofMessage name: String) throws -> Int {
        let names = messages.map(\.name)
        if let index = names.firstIndex(of: name) { return index }
        throw ExitStatus.usage("the contract has no message '\(name)'; \(Suggestion.hint(for: name, among: names))")
    }
}
