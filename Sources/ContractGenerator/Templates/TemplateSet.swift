package import ContractModel
import Mustache

/// The skeletons in force: ours, or a user's in their place.
package struct TemplateSet: Sendable {
    private let library: MustacheLibrary
    /// Where the templates of the user lie.
    private let paths: [TemplateName: String]

    /// The longest template that is read, in bytes.
    package static let maximumSize = 1 << 20

    /// - Parameters:
    ///   - overrides: A user's skeletons by name, with the path of each.
    ///   - diagnostics: Takes what is wrong with them.
    /// - Returns: `nil` where a skeleton is broken.
    package init?(
        overrides: [TemplateName: (path: String, text: String)] = [:], diagnostics: inout Diagnostics
    ) {
        var library = MustacheLibrary()
        var isSound = true
        for name in TemplateName.allCases {
            let override = overrides[name]
            let path = override?.path ?? "templates/\(name.fileName)"
            let text = override?.text ?? name.source
            var found = Diagnostics()
            TemplateScanner(name: name, file: path).check(text, diagnostics: &found)
            diagnostics.append(found)
            guard !found.hasErrors else {
                isSound = false
                continue
            }
            do {
                // Generated code is no HTML: nothing is escaped. The pragma goes before the text so that lines keep
                // their numbers.
                library.register(try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text), named: name.rawValue)
            } catch {
                diagnostics.append(Self.diagnostic(for: error, path: path))
                isSound = false
            }
        }
        guard isSound else { return nil }
        self.library = library
        paths = overrides.mapValues(\.path)
    }

    /// The user's own template that makes a file, or the header that it starts with.
    func overriddenPath(for file: String) -> String {
        let own = TemplateName.allCases.first { name in
            file == "\(name.rawValue).swift" || file.hasSuffix(".\(name.rawValue).swift")
        }
        return own.flatMap { paths[$0] } ?? paths[.header] ?? TemplateName.header.fileName
    }

    func render(_ name: TemplateName, _ values: [String: Any]) -> String {
        library.render(values, withTemplate: name.rawValue) ?? ""
    }

    private static func diagnostic(for error: any Error, path: String) -> Diagnostic {
        guard let error = error as? MustacheTemplate.ParserError else {
            return Diagnostic(.error, .templateSyntax, at: SourceLocation(file: path), "the template can't be read")
        }
        return Diagnostic(
            .error, .templateSyntax,
            at: SourceLocation(file: path, line: error.context.lineNumber, column: error.context.columnNumber),
            "the template can't be read: \(error.error)")
    }
}
