import KafkaSettings

/// A list of environment variables as text.
enum EnvironmentText {
    /// Columns for a terminal.
    static func table(_ variables: [EnvironmentVariable]) -> String {
        let rows =
            [["VARIABLE", "DEFAULT", "VALUE", "PURPOSE"]]
            + variables.map { variable in
                [variable.name, variable.shownDefault ?? "-", variable.valueText, variable.plainPurpose]
            }
        // The last column needs no padding.
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return (padded + row.suffix(1)).joined(separator: "  ") + "\n"
        }.joined()
    }

    /// Returns a table for documentation.
    static func markdown(_ variables: [EnvironmentVariable]) -> String {
        variables.reduce(into: "| variable | default | value | purpose |\n| --- | --- | --- | --- |\n") {
            text, variable in
            let value = variable.shownDefault.map { $0.isEmpty ? "empty" : "`\($0)`" } ?? ""
            text += "| `\(variable.name)` | \(value) | \(variable.valueText) | \(variable.purpose) |\n"
        }
    }

    /// Returns a `.env` file in which every variable is commented out and has its default.
    static func template(_ variables: [EnvironmentVariable], of contract: String) -> String {
        var text = """
            # Settings of services with the contract \(contract). The environment wins over this file.
            # ${NAME} is expanded, except in single quotes: write passwords in single quotes.

            """
        for section in EnvironmentVariable.Section.allCases {
            text += "\n# --- \(section.rawValue) ---\n"
            for variable in variables where variable.section == section {
                text += "\n# \(variable.plainPurpose): \(variable.valueText)\n"
                text += "#\(variable.name)=\(variable.isSecret ? "''" : variable.shownDefault ?? "")\n"
            }
        }
        return text
    }
}

extension EnvironmentVariable {
    fileprivate var plainPurpose: String { purpose.replacing("`", with: "") }

    fileprivate var shownDefault: String? { isSecret ? nil : defaultValue }

    /// The values as a reader needs them: `0 to 900000 ms`.
    fileprivate var valueText: String {
        switch values {
        case .words(let words): return words.joined(separator: ", ")
        case .boolean: return "true, false"
        case .number(let range, let unit):
            let numbers =
                range.upperBound >= Int(Int32.max)
                ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
            return unit == .count ? numbers : "\(numbers) \(unit.rawValue)"
        case .text(let noun): return noun
        case .secret: return "secret"
        }
    }
}
