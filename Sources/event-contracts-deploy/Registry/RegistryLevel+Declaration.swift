import ContractModel
import SchemaRegistry

extension RegistryLevel {
    init(_ level: CompatibilityDeclaration.Level) {
        self =
            switch level {
            case .none: .none
            case .backward: .backward
            case .backwardTransitive: .backwardTransitive
            case .forward: .forward
            case .forwardTransitive: .forwardTransitive
            case .full: .full
            case .fullTransitive: .fullTransitive
            }
    }
}
