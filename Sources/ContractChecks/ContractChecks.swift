package import ContractModel
package import SchemaCompiler

/// The checks that need a whole contract, of what is valid by itself but cannot work, or is probably not intended.
///
/// They are not part of the build plugin's tool, which would take longer to build with them.
package enum ContractChecks {
    package static func check(_ contract: CompiledContract, diagnostics: inout Diagnostics) {
        var proofs = SchemaProofs(contract)
        KeyChecks.check(contract, &proofs, diagnostics: &diagnostics)
        MessageSizeCheck.check(contract, diagnostics: &diagnostics)
        for message in contract.messages {
            let patterns = PatternChecks(message, contract)
            patterns.check(&proofs, diagnostics: &diagnostics)
            EventChecks.check(message, contract, diagnostics: &diagnostics)
        }
        // The last to need proofs.
        SatisfiabilityCheck.check(contract, proofs, diagnostics: &diagnostics)
        SchemaChecks.check(contract, diagnostics: &diagnostics)
        DefinitionCheck.check(contract, diagnostics: &diagnostics)
        PersonalDataCheck.check(contract, diagnostics: &diagnostics)
        CredentialCheck.check(contract.contract, diagnostics: &diagnostics)
    }
}
