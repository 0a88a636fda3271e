package import ContractModel

extension Diagnostics {
    package mutating func append(_ failure: OutputFailure) {
        error(.unwritableOutput, at: SourceLocation(file: failure.path), failure.message)
        for other in failure.others { append(other) }
    }
}
