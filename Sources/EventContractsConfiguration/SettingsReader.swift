import Configuration
import EventContracts
import KafkaSettings
import Suggestions

/// A reader of variables that collects all problems.
///
/// A problem quotes a value only where it can't be a secret: a number, or a misspelt word of a variable's own. Anything else
/// may be a password that was set for the wrong variable, or the next lines of a file in which a quote is missing.
struct SettingsReader {
    private let config: ConfigReader
    private(set) var problems: [ConfigurationError.Problem]
    private var invalidNames: Set<String>
    /// No problem quotes a value that contains one of these.
    private var knownSecrets: [String] = []

    /// - Parameters:
    ///   - problems: The problems found so far.
    ///   - invalidNames: Variables that these problems are about.
    init(_ config: ConfigReader, problems: [ConfigurationError.Problem], invalidNames: Set<String>) {
        self.config = config
        self.problems = problems
        self.invalidNames = invalidNames
        knownSecrets = KafkaVariable.allCases.filter(\.description.isSecret).compactMap {
            config.string(forKey: Self.key($0.rawValue), isSecret: true)
        }.filter { !$0.isEmpty }
    }

    /// Returns the configuration key of a variable: `KAFKA_CLIENT_ID` is `kafka.clientId`. swift-configuration turns it back into
    /// the variable's name for the environment.
    static func key(_ variable: String) -> ConfigKey {
        let words = variable.lowercased().split(separator: "_").map(String.init)
        let rest = words.dropFirst()
        let name = (rest.first ?? "") + rest.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        return ConfigKey(Array(words.prefix(1)) + (name.isEmpty ? [] : [name]))
    }

    // MARK: Values

    /// Reads a variable's value; `nil` where it is not set, empty or invalid. Docker Compose sets an empty value for a
    /// variable that its host has not set.
    mutating func text(_ variable: KafkaVariable) -> String? {
        let text = rawText(
            variable.rawValue, at: Self.key(variable.rawValue), isSecret: variable.description.isSecret)
        return text.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Reads a value that may be empty, without surrounding white space unless it is a secret. Providers other than the
    /// environment may have a number or a boolean, which swift-configuration does not return as a string.
    mutating func rawText(_ name: String, at key: ConfigKey, isSecret: Bool = false) -> String? {
        if let text = config.string(forKey: key, isSecret: isSecret) {
            let value = isSecret ? text : Self.trimmed(text[...])
            guard !value.contains(where: \.isNewline), !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                report(
                    name, "expected a single line without control characters; a closing quote or a comma may be missing"
                )
                return nil
            }
            return value
        }
        if let number = config.int(forKey: key, isSecret: isSecret) { return String(number) }
        return config.bool(forKey: key, isSecret: isSecret).map(String.init)
    }

    /// Sets a target from a variable that names one of a type's cases, in upper or lower case.
    mutating func read<Value: RawRepresentable<String> & CaseIterable>(
        _ variable: KafkaVariable, into target: inout Value
    ) {
        read(variable, Value.allCases.map { ($0.rawValue, $0) }, into: &target)
    }

    /// Sets a target from a variable that takes one of several words, in upper or lower case.
    mutating func read<Value>(
        _ variable: KafkaVariable, _ words: [(word: String, value: Value)], into target: inout Value
    ) {
        guard let text = text(variable) else { return }
        if let match = words.first(where: { $0.word.lowercased() == text.lowercased() }) {
            target = match.value
        } else {
            let names = words.map(\.word)
            report(variable, "expected one of \(names.joined(separator: ", "))" + found(text, near: names))
        }
    }

    /// Sets a target from a Boolean variable.
    mutating func read(_ variable: KafkaVariable, into target: inout Bool) {
        guard let text = text(variable) else { return }
        switch text.lowercased() {
        case "true", "yes", "on", "1": target = true
        case "false", "no", "off", "0": target = false
        default: report(variable, "expected true or false" + found(text, near: ["true", "false"]))
        }
    }

    /// Sets a target from a variable with a whole number in its range.
    mutating func read(_ variable: KafkaVariable, into target: inout Int) {
        guard let text = text(variable), case .number(let range, _) = variable.description.values else { return }
        if let value = Int(text), range.contains(value) {
            target = value
        } else {
            report(
                variable,
                "expected a whole number from \(range.lowerBound) to \(range.upperBound)" + found(text, near: []))
        }
    }

    /// Sets a target from a variable in milliseconds.
    mutating func read(_ variable: KafkaVariable, into target: inout Duration) {
        var milliseconds = -1
        read(variable, into: &milliseconds)
        if milliseconds >= 0 { target = .milliseconds(milliseconds) }
    }

    static func trimmed(_ text: Substring) -> String {
        var rest = text.drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    // MARK: Problems

    /// Returns whether a problem with a variable's value has been reported, so that the value counts as missing.
    func isInvalid(_ variable: KafkaVariable) -> Bool { invalidNames.contains(variable.rawValue) }

    /// Reports a variable that another needs, unless a problem with its value has been reported.
    mutating func require(_ variable: KafkaVariable, _ message: String) {
        if !isInvalid(variable) { report(variable, message) }
    }

    mutating func report(_ variable: KafkaVariable, _ message: String) {
        report(variable.rawValue, message)
    }

    mutating func report(_ name: String, _ message: String) {
        invalidNames.insert(name)
        problems.append(ConfigurationError.Problem(subject: name, message: message))
    }

    /// Returns the end of a message, which quotes a value that can't be a secret.
    func found(_ text: String, near words: [String]) -> String {
        let isHarmless =
            (Self.isNumber(text) || Suggestion.nearest(to: text, among: words) != nil) && !containsSecret(text)
        return isHarmless ? ", found '\(text)'" : Self.hidden
    }

    /// The end of a message about a value that may be a secret.
    static let hidden = " (the value is not shown: it may be a secret)"

    func containsSecret(_ text: String) -> Bool { knownSecrets.contains { text.contains($0) } }

    /// Returns a number, perhaps with a fraction and a unit: a value that is out of range, or that is written in
    /// another way.
    private static func isNumber(_ text: String) -> Bool {
        var rest = text[...]
        if let first = rest.first, "+-".contains(first) { rest.removeFirst() }
        let digits = rest.prefix { $0.isASCII && $0.isNumber || "._,".contains($0) }
        let unit = rest.dropFirst(digits.count)
        return digits.first?.isNumber == true && digits.count <= 24 && units.contains(unit.lowercased())
    }

    private static let units: Set<String> = [
        "", "ms", "s", "sec", "m", "min", "h", "b", "k", "kb", "kib", "mb", "mib", "gb", "gib",
    ]
}
