import ContractModel

/// References outside of actions, which are sent as they are: `{$labels.topic}` instead of `{{ $labels.topic }}`.
enum StrayReference {
    /// Returns the findings of a valid template.
    static func findings(in text: String) -> [Finding] {
        literals(of: text).compactMap { literal in
            guard let match = literal.firstMatch(of: pattern) else { return nil }
            let start = text.utf8.distance(from: text.startIndex, to: match.range.lowerBound)
            let length = match.output.0.utf8.count
            let name = match.output.0.trimmingPrefix { "{$. ".contains($0) }.prefix { !"} ".contains($0) }
            let isLabel = name.lowercased().hasPrefix("labels.")
            let known = isLabel ? "$labels.\(name.split(separator: ".").last ?? "")" : "$value"
            return Finding(
                .templateBraces, start..<start + length,
                "'\(match.output.0)' is outside of '{{ }}', so it is sent as it is",
                hint: name.lowercased().hasPrefix("value") || isLabel
                    ? "write {{ \(known) }}" : "an alert has no message: use labels, such as {{ $labels.topic }}")
        }
    }

    private static var pattern: Regex<(Substring, Substring?)> {
        /\$(?:labels\.[A-Za-z_]\w*|value\b)|\{\s*\.?(?:[Ll]abels\.\w+|[Vv]alue|(payload|metadata)\.[\w.]+)\s*\}/
    }

    /// Returns the parts of a template between its actions.
    private static func literals(of text: String) -> [Substring] {
        var literals: [Substring] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{") {
            literals.append(rest[..<open.lowerBound])
            rest = rest[open.upperBound...]
            rest = rest[(rest.firstRange(of: "}}")?.upperBound ?? rest.endIndex)...]
        }
        return literals + [rest]
    }
}
