import JSONSchema
import JSONTape
import SchemaPlan

extension Assertion.Kind {
    var isUnevaluatedKeyword: Bool {
        switch self {
        case .unevaluatedItems, .unevaluatedProperties: true
        default: false
        }
    }
}
