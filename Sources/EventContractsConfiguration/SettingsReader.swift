import Configuration
import EventContracts

/// Reads variables one after another, and remembers what is wrong with them rather than stopping at the first.
struct SettingsReader {
    private let config: ConfigReader
    private(set) var problems: [ConfigurationError.Problem]

    /// - Parameter problems: What is wrong already.
    init(_ config: ConfigReader, problems: [ConfigurationError.Problem]) {
        self.config = config
        self.problems = problems
    }

    /// The configuration key of a variable: `KAFKA_CLIENT_ID` is `kafka.clientId`, which swift-configuration turns back into
    /// the variable's name for the environment, and which reads well in a JSON file.
    static func key(_ variable: String) -> ConfigKey {
        let words = variable.lowercased().split(separator: "_").map(String.init)
        let rest = words.dropFirst()
        let name = (rest.first ?? "") + rest.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        return ConfigKey(Array(words.prefix(1)) + (name.isEmpty ? [] : [name]))
    }

    /// A variable's value; `nil` where it is not set, or empty, as Docker Compose sets what its host has not set.
    func text(_ variable: String, isSecret: Bool = false) -> String? {
        guard let text = rawText(at: Self.key(variable), isSecret: isSecret), !text.isEmpty else { return nil }
        return text
    }

    /// A value that may be empty, without white space around it, unless it is a secret. Providers other than the environment may have it as a number or a boolean, for which
    /// swift-configuration tells no string.
    func rawText(at key: ConfigKey, isSecret: Bool = false) -> String? {
        if let text = config.string(forKey: key, isSecret: isSecret) {
            return isSecret ? text : Self.trimmed(text[...])
        }
        if let number = config.int(forKey: key, isSecret: isSecret) { return String(number) }
        return config.bool(forKey: key, isSecret: isSecret).map(String.init)
    }

    mutating func report(_ subject: String, _ message: String) {
        problems.append(ConfigurationError.Problem(subject: subject, message: message))
    }

    /// Sets a target from a variable that names one of a type's cases, in upper or lower case.
    mutating func read<Value: RawRepresentable<String> & CaseIterable>(_ variable: String, into target: inout Value) {
        guard let text = text(variable) else { return }
        if let value = Value.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) {
            target = value
        } else {
            let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
            report(variable, "expected one of \(names), found '\(text)'")
        }
    }

    /// Sets a target from a variable with a whole number in a range.
    mutating func read(_ variable: String, in range: ClosedRange<Int>, into target: inout Int) {
        guard let text = text(variable) else { return }
        if let value = Int(text), range.contains(value) {
            target = value
        } else {
            report(
                variable,
                "expected a whole number from \(range.lowerBound) to \(range.upperBound), found '\(text)'")
        }
    }

    /// Sets a target from a variable in milliseconds.
    mutating func read(_ variable: String, in range: ClosedRange<Int>, into target: inout Duration) {
        var milliseconds = -1
        read(variable, in: range, into: &milliseconds)
        if milliseconds >= 0 { target = .milliseconds(milliseconds) }
    }

    /// Sets a target from a variable that says yes or no.
    mutating func read(_ variable: String, into target: inout Bool) {
        guard let text = text(variable) else { return }
        switch text.lowercased() {
        case "true", "yes", "on", "1": target = true
        case "false", "no", "off", "0": target = false
        default: report(variable, "expected true or false, found '\(text)'")
        }
    }

    static func trimmed(_ text: Substring) -> String {
        var rest = text.drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
