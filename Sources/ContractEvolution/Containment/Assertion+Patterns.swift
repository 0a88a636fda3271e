import ContractModel
import JSONSchema

extension Assertion.Kind {
    /// The patterns that the assertion has, of values and of members' names.
    var patternSources: [String] {
        switch self {
        case .pattern(let source): [source]
        case .members(let members): members.patterns.map(\.pattern.value)
        default: []
        }
    }
}
