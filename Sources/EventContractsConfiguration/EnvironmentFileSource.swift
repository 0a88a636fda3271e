/// The `.env` file that a configuration reads besides the environment.
public enum EnvironmentFileSource: Hashable, Sendable {
    /// No file.
    case none
    /// The file of this path, or none if no such file.
    case optional(String)
    /// The file of this path. A missing file is an error.
    case required(String)
}
