/// All that is wrong with a configuration, found in one go.
public struct ConfigurationError: Error, Hashable, Sendable {
    /// One thing that is wrong.
    public struct Problem: Hashable, Sendable {
        /// The variable, `KAFKA_ACKS`, or the file and line, `.env:3`.
        public var subject: String
        /// What was expected, and what was found. The value of a secret is never told.
        public var message: String

        /// A problem with a variable or a line.
        public init(subject: String, message: String) {
            self.subject = subject
            self.message = message
        }
    }

    /// At least one.
    public var problems: [Problem]

    /// An error of several causes.
    public init(problems: [Problem]) {
        self.problems = problems
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// One line for each problem.
    public var description: String {
        problems.map { "\($0.subject): \($0.message)" }.joined(separator: "\n")
    }
}
