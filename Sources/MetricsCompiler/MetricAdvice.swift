import ContractModel
import JSONTape
import SchemaCompiler

/// The warnings about families that are valid but probably not intended: labels that identify single messages or
/// people, and buckets that do not fit the values.
struct MetricAdvice {
    let family: CompiledFamily
    let labelTypes: [LabelType]

    func check(diagnostics: inout Diagnostics) {
        for (label, compiled) in zip(family.declaration.labels, family.labels) {
            check(label, compiled, diagnostics: &diagnostics)
        }
        if family.kind == .histogram { checkBuckets(diagnostics: &diagnostics) }
    }

    // MARK: Labels

    /// The maximum number of values of a label that a person still reads.
    private static let mostValues = 1000

    /// Words at the end of a name that identify a message, a person or a machine.
    private static let identifiers: Set<String> = [
        "id", "ids", "uuid", "guid", "email", "mail", "phone", "user", "username", "login", "ip", "session", "token",
        "hash", "timestamp", "trace", "span",
    ]

    /// Words of strings of any length, which identify something unless few values are expected.
    private static let texts: Set<String> = [
        "address", "url", "uri", "path", "query", "sql", "message", "text", "body", "comment", "description",
        "stacktrace",
    ]

    /// The number of strings that a service may have for its own routes, tables and the like.
    private static let mostTexts = 100

    private func check(
        _ label: LabelDeclaration, _ compiled: CompiledLabel, diagnostics: inout Diagnostics
    ) {
        checkValues(label, compiled, diagnostics: &diagnostics)
        let (maximum, subject): (Located<Int>, String)
        switch label.values {
        case .open(let bound): (maximum, subject) = (bound, label.name.value)
        case .property(let pointer, let bound?):
            guard case .open = compiled.values else { return }
            (maximum, subject) = (bound, pointer.value.tokens.last ?? "")
        case .property, .dimension, .stated: return
        }
        let names = [label.name.value, subject]
        if names.contains(where: { isIdentifier($0, maximum.value) }) {
            diagnostics.warning(
                .identifyingLabel, at: label.name.location,
                "the label '\(label.name.value)' identifies single messages, people or machines: each would be a series",
                hint: "count by a label with few values, and put identifiers into logs and traces")
        } else if (Self.mostValues + 1...LabelDeclaration.mostValues).contains(maximum.value) {
            // More are an error of the manifest already.
            diagnostics.warning(
                .identifyingLabel, at: maximum.location,
                "the label '\(label.name.value)' may have \(maximum.value) values, each of which is a series",
                hint: "expected at most \(Self.mostValues); further values are counted as other")
        }
    }

    /// Returns whether the last word of a name identifies something: `job_id`, `customerEmail`.
    private func isIdentifier(_ name: String, _ maximum: Int) -> Bool {
        var words: [String] = []
        for character in name {
            if character == "_" || character == "-" {
                words.append("")
            } else if character.isUppercase, words.last?.last?.isLowercase == true {
                words.append(character.lowercased())
            } else {
                if words.isEmpty { words.append("") }
                words[words.count - 1] += character.lowercased()
            }
        }
        guard let last = words.last else { return false }
        return Self.identifiers.contains(last) || maximum > Self.mostTexts && Self.texts.contains(last)
    }

    /// Reports empty values, which Prometheus treats as missing labels, and values that are hard to tell apart.
    private func checkValues(_ label: LabelDeclaration, _ compiled: CompiledLabel, diagnostics: inout Diagnostics) {
        let values: [Located<String>]
        switch label.values {
        case .stated(let stated): values = stated
        case .property:
            guard case .closed(let name) = compiled.values, let type = labelTypes.first(where: { $0.name == name })
            else { return }
            values = type.values.map { Located($0.text, at: label.name.location) }
        case .dimension, .open: return
        }
        if let value = values.first(where: { $0.value.allSatisfy(\.isWhitespace) }) {
            diagnostics.warning(
                .emptyLabelValue, at: value.location,
                "the label '\(label.name.value)' has "
                    + (value.value.isEmpty
                        ? "an empty value, which Prometheus treats as a missing label" : "a value of blanks alone"),
                hint: "write a word, such as 'none'")
            return
        }
        // The values of an enum are reported in the schema.
        guard case .stated = label.values else { return }
        var seen: [String: String] = [:]
        for value in values {
            var trimmed = value.value.lowercased()[...].drop(while: \.isWhitespace)
            while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
            guard let other = seen.updateValue(value.value, forKey: String(trimmed)) else { continue }
            diagnostics.warning(
                .enumValue, at: value.location,
                "the values '\(other)' and '\(value.value)' differ only in case, or in blanks at the ends",
                hint: "keep one of them")
        }
    }

    // MARK: Buckets

    /// The maximum number of buckets that an alert or a dashboard needs.
    private static let mostBuckets = 50
    /// Seconds that a delivery takes only if it fails.
    private static let slowDelivery = 5.0

    private func checkBuckets(diagnostics: inout Diagnostics) {
        let buckets = family.declaration.buckets
        let (least, most) = range
        if let most, let end = buckets.firstIndex(where: { $0.value >= most }), buckets.indices.contains(end + 1) {
            diagnostics.warning(
                .unfitBuckets, at: buckets[end + 1].location,
                "no value is above \(Self.text(most)): the bucket \(Self.text(buckets[end + 1].value)) counts the same as "
                    + "\(Self.text(buckets[end].value))",
                hint: "remove this bucket and those after it")
        }
        if let least, let first = buckets.first, first.value < least {
            diagnostics.warning(
                .unfitBuckets, at: first.location,
                "no value is below \(Self.text(least)): the bucket \(Self.text(first.value)) is always empty",
                hint: "begin with a bound above \(Self.text(least))")
        }
        if case .producer(.latency)? = family.source, let first = buckets.first, first.value >= Self.slowDelivery {
            diagnostics.warning(
                .unfitBuckets, at: first.location,
                "deliveries take milliseconds: the first bucket, \(Self.text(first.value)) s, counts nearly all of them",
                hint: "buckets are in seconds; did you mean \(Self.text(first.value / 1000))?")
        }
        if buckets.count > Self.mostBuckets {
            diagnostics.warning(
                .unfitBuckets, at: buckets[Self.mostBuckets].location,
                "\(buckets.count) buckets, each of which is a series for each combination of labels",
                hint: "about a dozen is usual: the limits of alerts, and steps of a factor of 2 to 3")
        }
    }

    /// The smallest and the largest value.
    private var range: (least: Double?, most: Double?) {
        let property = family.value?.properties.last
        let isMeasure = ["_seconds", "_bytes"].contains { family.name.hasSuffix($0) }
        if case .producer? = family.source { return (0, nil) }
        return (property?.least ?? (isMeasure ? 0 : nil), property?.most)
    }

    private static func text(_ number: Double) -> String {
        let text = String(number)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
