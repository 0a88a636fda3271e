import JSONSchema
import JSONTape
import SchemaPlan

extension ChangeRule {
    /// Whether the change alters generated declarations in a way that callers notice.
    var breaksSource: Bool {
        switch self {
        case .propertyRemoved, .propertyRequired, .propertyOptional, .typeChanged, .valuesChanged: true
        default: false
        }
    }
}
