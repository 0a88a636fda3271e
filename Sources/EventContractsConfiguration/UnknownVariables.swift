import EventContracts
import KafkaSettings
import StringFormats
import Suggestions

/// The variables that are set, but that no contract reads: most likely misspelt ones.
struct UnknownVariables {
    /// An unknown variable.
    struct Finding: Hashable {
        var name: String
        /// "did you mean …", or the variables that may be meant.
        var hint: String
        /// Whether it resembles a variable of the contract. Otherwise it most likely belongs to another program.
        var isMisspelt: Bool
    }

    private let fixed = KafkaVariable.allCases.map(\.rawValue)
    private let topics: [String]

    init(topics: [Topic]) {
        self.topics = topics.map { TopicVariable.name(ofTopic: $0.key) }
    }

    /// Returns the findings among the names of variables, sorted by name.
    func findings(among names: some Sequence<String>) -> [Finding] {
        Set(names.map { $0.uppercased() }).sorted().compactMap(finding)
    }

    private func finding(_ name: String) -> Finding? {
        guard EnvironmentVariable.prefixes.contains(where: name.hasPrefix), !fixed.contains(name),
            !topics.contains(name),
            // Any other name is not one, but the rest of a line in which a quote is missing.
            name.utf8.allSatisfy({ 0x41...0x5A ~= $0 || 0x30...0x39 ~= $0 || $0 == UInt8(ascii: "_") })
        else { return nil }
        if let nearest = nearest(to: name) {
            return Finding(name: name, hint: "did you mean \(nearest)?", isMisspelt: true)
        }
        if name.hasPrefix("KAFKA_"), name.hasSuffix("_TOPIC"), !topics.isEmpty {
            return Finding(
                name: name, hint: "the contract's topics are set by \(Suggestion.list(topics))", isMisspelt: true)
        }
        return Finding(name: name, hint: "the contract does not use it", isMisspelt: false)
    }

    /// Returns the variable with the nearest name, or the only one that adds words to a name, such as a unit. The common prefix
    /// is not compared.
    private func nearest(to name: String) -> String? {
        let longer = (fixed + topics).filter { $0.hasPrefix(name + "_") }
        if longer.count == 1 { return longer[0] }
        func rest(_ name: String) -> String {
            EnvironmentVariable.prefixes.first(where: name.hasPrefix).map { String(name.dropFirst($0.count)) } ?? name
        }
        let candidates = Dictionary((fixed + topics).map { (rest($0), $0) }, uniquingKeysWith: { first, _ in first })
        return Suggestion.nearest(to: rest(name), among: candidates.keys.sorted()).flatMap { candidates[$0] }
    }
}
