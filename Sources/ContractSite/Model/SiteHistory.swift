package import ContractEvolution
import ContractModel
import JSONSchema
import JSONTape

/// Earlier versions of a contract, the changes between them, and the version that each property is in since.
package struct SiteHistory: Sendable {
    /// The changes from one version to the next.
    struct Step: Sendable {
        var from: String
        /// The version's number, and its name where that says more.
        var to: String
        var report: ChangeReport
    }

    /// The newest step first.
    let steps: [Step]
    /// The number of the first version that has a property, by the message and the property's path.
    private let since: [String: [String: String]]
    /// The number of the first version that is known.
    private let first: String

    /// Compares each version with the next one.
    ///
    /// - Parameters:
    ///   - earlier: The versions before, the oldest first; at least one.
    ///   - current: The contract itself.
    package init(_ earlier: [ContractVersion], current: ContractVersion) {
        let versions = earlier + [current]
        steps = zip(versions, versions.dropFirst()).map { old, new in
            Step(
                from: Self.name(of: old), to: Self.name(of: new),
                report: ContractComparison.report(old: [old], new: new))
        }.reversed()
        var since: [String: [String: String]] = [:]
        for version in versions {
            let number = version.contract.version.value
            for (message, paths) in version.propertyPaths {
                for path in paths where since[message]?[path] == nil { since[message, default: [:]][path] = number }
            }
        }
        self.since = since
        first = versions.first?.contract.version.value ?? ""
    }

    /// Returns the version since which a message has a property; `nil` for those of the first version.
    func version(of path: String, in message: String) -> String? {
        since[message]?[path].flatMap { $0 == first ? nil : $0 }
    }

    private static func name(of version: ContractVersion) -> String { version.contract.version.value }
}
