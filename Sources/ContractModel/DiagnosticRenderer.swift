import JSONTape

/// A renderer of diagnostics for people, editors and CI.
package struct DiagnosticRenderer: Sendable {
    package enum Format: String, CaseIterable, Sendable {
        /// `file:line:column: error: text [rule-id]`, and a note where there is a hint.
        case text
        /// One JSON array.
        case json
        /// GitHub Actions' workflow commands.
        case github
    }

    private let format: Format
    private let usesColor: Bool
    private let excerpt: @Sendable (SourceLocation) -> SourceExcerpt?

    /// Creates a renderer.
    ///
    /// - Parameter excerpt: Finds the source line that a text shows; by default, texts show none.
    package init(
        format: Format, usesColor: Bool = false,
        excerpt: @escaping @Sendable (SourceLocation) -> SourceExcerpt? = { _ in nil }
    ) {
        self.format = format
        self.usesColor = usesColor
        self.excerpt = excerpt
    }

    /// Returns the text of diagnostics, with a newline at the end; empty if there are none, except in JSON.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        switch format {
        case .text: diagnostics.map(text).joined()
        case .json: json(diagnostics) + "\n"
        case .github: diagnostics.map(github).joined()
        }
    }

    private func text(_ diagnostic: Diagnostic) -> String {
        let severity = painted(diagnostic.severity.rawValue, diagnostic.severity == .error ? "31;1" : "35;1")
        let location = Self.oneLine(diagnostic.location.description)
        var text =
            "\(location): \(severity): \(Self.oneLine(diagnostic.message)) "
            + painted("[\(diagnostic.rule.rawValue)]", "2") + "\n"
        text += excerpt(diagnostic.location)?.rendered(painted) ?? ""
        if let hint = diagnostic.hint {
            text += "\(location): \(painted("note", "36;1")): \(Self.oneLine(hint))\n"
        }
        return text
    }

    private func painted(_ text: String, _ code: String) -> String {
        usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// Escapes control characters, so that texts of a contract stay on one line and do not control the terminal.
    package static func oneLine(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                line += "\\u{" + String(scalar.value, radix: 16) + "}"
            default:
                line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    private func json(_ diagnostics: [Diagnostic]) -> String {
        let values = diagnostics.map { diagnostic -> JSONValue in
            var object: JSONObject = [
                "file": .string(diagnostic.location.file),
                "line": .number(JSONNumber(diagnostic.location.line)),
                "column": .number(JSONNumber(diagnostic.location.column)),
                "severity": .string(diagnostic.severity.rawValue),
                "rule": .string(diagnostic.rule.rawValue),
                "page": .string(diagnostic.rule.page),
                "message": .string(diagnostic.message),
            ]
            object["hint"] = diagnostic.hint.map { .string($0) }
            return .object(object)
        }
        return JSONValue.array(values).jsonText
    }

    private func github(_ diagnostic: Diagnostic) -> String {
        Self.workflowCommand(
            diagnostic.severity.rawValue, at: diagnostic.location, title: diagnostic.rule.rawValue,
            diagnostic.message + (diagnostic.hint.map { "\n" + $0 } ?? ""))
    }

    /// Returns a workflow command of GitHub Actions that annotates a place, with the newline that ends it.
    ///
    /// - Parameter level: `error`, `warning` or `notice`.
    package static func workflowCommand(
        _ level: String, at location: SourceLocation, title: String, _ text: String
    ) -> String {
        "::\(level) file=\(escaped(location.file, inProperty: true)),line=\(location.line),"
            + "col=\(location.column),title=\(title)::\(escaped(text, inProperty: false))\n"
    }

    private static func escaped(_ text: String, inProperty: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": escaped += "%25"
            case "\r": escaped += "%0D"
            case "\n": escaped += "%0A"
            case ":" where inProperty: escaped += "%3A"
            case "," where inProperty: escaped += "%2C"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
