package import ContractModel

/// The skeletons in force: ours, or a user's in their place.
package struct TemplateSet: Sendable {
    private let templates: [TemplateName: Template]
    /// The folder of the user's templates.
    private let paths: [TemplateName: String]

    /// The longest template that is read, in bytes.
    package static let maximumSize = 1 << 20

    /// Parses the skeletons of generated files.
    ///
    /// - Parameters:
    ///   - overrides: A user's skeletons by name, with the path of each.
    ///   - diagnostics: Receives the errors in the skeletons.
    /// - Returns: `nil` where a skeleton is broken.
    package init?(
        overrides: [TemplateName: (path: String, text: String)] = [:], diagnostics: inout Diagnostics
    ) {
        var found = Diagnostics()
        var templates: [TemplateName: Template] = [:]
        for name in TemplateName.allCases {
            let override = overrides[name]
            templates[name] = TemplateParser.parse(
                override?.text ?? name.source, as: name, file: override?.path ?? "templates/\(name.fileName)",
                diagnostics: &found)
        }
        diagnostics.append(found)
        if found.hasErrors { return nil }
        self.templates = templates
        paths = overrides.mapValues(\.path)
    }

    /// Returns the user's own template that makes a file, or the header that it starts with.
    func overriddenPath(for file: String) -> String {
        let own = TemplateName.allCases.first { name in
            file == "\(name.rawValue).swift" || file.hasSuffix(".\(name.rawValue).swift")
        }
        return own.flatMap { paths[$0] } ?? paths[.header] ?? TemplateName.header.fileName
    }

    func render(_ name: TemplateName, _ values: TemplateValues) -> String {
        var renderer = TemplateRenderer(header: templates[.header] ?? Template())
        renderer.render(templates[name]?.nodes ?? [], [values])
        return renderer.text
    }
}
