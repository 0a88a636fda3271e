/// The access level of the declarations that are generated from a contract.
package enum AccessLevel: String, CaseIterable, Sendable {
    case `public`
    case package
    case `internal`

    /// The modifier of a declaration, with a space after it; empty for `internal`, which Swift implies.
    package var modifier: String {
        switch self {
        case .public: "public "
        case .package: "package "
        case .internal: ""
        }
    }
}
