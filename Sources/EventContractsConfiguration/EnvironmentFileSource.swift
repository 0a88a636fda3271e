public import EventContracts

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The `.env` file that a configuration reads besides the environment.
public enum EnvironmentFileSource: Hashable, Sendable {
    /// No file.
    case none
    /// The file of this path, or none if no such file.
    case optional(String)
    /// The file of this path. A missing file is an error.
    case required(String)
}

extension EnvironmentFileSource {
    /// Reads the file's variables and adds the environment, which wins over the file. An empty value counts as not set.
    ///
    /// Encryption keys can be in the file then:
    ///
    /// ```swift
    /// let variables = try EnvironmentFileSource.optional(".env").variables()
    /// let keys = try ConfiguredKeys(for: [Shop.self], variables: variables)
    /// ```
    ///
    /// - Parameter environment: The environment. By default the process's own.
    /// - Throws: `ConfigurationError` with all problems of the file.
    public func variables(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ConfigurationError) -> [String: String] {
        guard let file = EnvironmentFile(self, environment: environment) else { return environment }
        guard file.problems.isEmpty else { throw ConfigurationError(problems: file.problems) }
        return file.values.merging(environment) { own, other in other.isEmpty ? own : other }
    }
}
