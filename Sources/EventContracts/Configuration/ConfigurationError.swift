/// All problems of a configuration, found in one go.
public struct ConfigurationError: Error, Hashable, Sendable {
    /// One problem.
    public struct Problem: Hashable, Sendable {
        /// The variable, `KAFKA_ACKS`, or the file and line, `.env:3`.
        public var subject: String
        /// The value that was expected. A value that was found is quoted only where it can't be a secret.
        public var message: String

        /// Creates a problem with a variable or a line.
        public init(subject: String, message: String) {
            self.subject = subject
            self.message = message
        }
    }

    /// At least one.
    public var problems: [Problem]

    /// Creates an error of several problems.
    public init(problems: [Problem]) {
        self.problems = problems
    }
}

extension ConfigurationError.Problem: CustomStringConvertible {
    public var description: String { "\(subject): \(message)" }
}

extension ConfigurationError: CustomStringConvertible {
    /// One line for each problem.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
