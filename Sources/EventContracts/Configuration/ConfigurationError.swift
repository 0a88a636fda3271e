/// Everything that is wrong with a configuration, at once. Values of secrets are never part of it.
public struct ConfigurationError: Error, Hashable, Sendable {
    public struct Problem: Hashable, Sendable {
        /// The variable's name, or the place in a file.
        public var name: String
        /// What is wrong, and what was expected.
        public var message: String

        public init(name: String, message: String) {
            self.name = name
            self.message = message
        }
    }

    public var problems: [Problem]

    public init(problems: [Problem]) {
        self.problems = problems
    }
}

extension ConfigurationError: CustomStringConvertible {
    public var description: String {
        "the configuration is not sound:\n" + problems.map { "  \($0.name): \($0.message)" }.joined(separator: "\n")
    }
}
