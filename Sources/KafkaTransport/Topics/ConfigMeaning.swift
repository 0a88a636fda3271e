/// The meaning of the values of topic configs, by which they are compared and shown.
///
/// Kafka keeps each value as text, and one value has several: `604800000` and `7d`, `delete,compact` and `compact, delete`,
/// `TRUE` and `true`.
enum ConfigMeaning {
    private enum Meaning: Hashable {
        case integer(Int64)
        case number(Double)
        case words(Set<String>)
    }

    /// Returns whether two values of a config mean the same.
    static func areEqual(_ name: String, _ first: String, _ second: String) -> Bool {
        first == second || meaning(name, first) == meaning(name, second)
    }

    /// Returns a config's value as a whole number: for those in milliseconds, durations such as `7d` are read too.
    static func integer(_ name: String, _ value: String) -> Int64? {
        let text = trimmed(value)
        if let number = Int64(text) { return number }
        return name.hasSuffix(".ms") ? milliseconds(text) : nil
    }

    /// Returns the value as a broker takes it: durations in milliseconds.
    static func wireValue(_ name: String, _ value: String) -> String {
        guard name.hasSuffix(".ms"), Int64(value) == nil, let number = integer(name, value) else { return value }
        return String(number)
    }

    /// Returns the value for a person: `604800000 (7d)`.
    static func shown(_ name: String, _ value: String) -> String {
        guard name.hasSuffix(".ms"), let number = integer(name, value), number > 0,
            let unit = units.first(where: { number % $0.milliseconds == 0 && $0.milliseconds > 1 })
        else { return value.isEmpty ? "(empty)" : value }
        return "\(number) (\(number / unit.milliseconds)\(unit.name))"
    }

    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    private static func milliseconds(_ text: String) -> Int64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int64(digits), let unit = units.first(where: { $0.name == text.dropFirst(digits.count) })
        else {
            return nil
        }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit.milliseconds)
        return overflow ? nil : product
    }

    private static func meaning(_ name: String, _ value: String) -> Meaning {
        let text = trimmed(value)
        // Brokers write whole ratios as `0.0`, and take no such text for a whole number.
        if !name.hasSuffix(".ratio"), let number = integer(name, value) { return .integer(number) }
        if let number = Double(text), number.isFinite { return .number(number) }
        let words = text.split(separator: ",").map { trimmed(String($0)).lowercased() }
        return .words(Set(words))
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text.drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
