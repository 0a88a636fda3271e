import ContractModel

/// A parser of a skeleton, which checks that its names exist, its sections nest and its tags end.
struct TemplateParser {
    private typealias Tag = TemplateLexer.Tag

    /// An open section: the further names inside of it, and the nodes around it.
    private struct Section {
        var tag: Tag
        var scope: TemplateScope
        var outerNodes: [Template.Node]
    }

    private static let maximumDepth = 32

    private let name: TemplateName
    private let file: String
    private var open: [Section] = []
    private var nodes: [Template.Node] = []

    /// - Returns: A template that is complete only if no diagnostic is an error.
    static func parse(_ text: String, as name: TemplateName, file: String, diagnostics: inout Diagnostics) -> Template {
        var parser = TemplateParser(name: name, file: file)
        for token in TemplateLexer.tokens(of: text, file: file, diagnostics: &diagnostics) ?? [] {
            switch token {
            case .text(let text): if !text.isEmpty { parser.nodes.append(.text(String(text))) }
            case .tag(let tag): if !parser.read(tag, diagnostics: &diagnostics) { return Template() }
            }
        }
        for section in parser.open {
            diagnostics.error(
                .templateSyntax, at: section.tag.location, "the section '\(section.tag.name)' is never closed",
                hint: "add {{/\(section.tag.name)}}")
        }
        return Template(nodes: parser.nodes)
    }

    /// - Returns: Whether the tags that follow make sense.
    private mutating func read(_ tag: Tag, diagnostics: inout Diagnostics) -> Bool {
        switch tag.kind {
        case "!": break
        case ">":
            checkPartial(tag, diagnostics: &diagnostics)
            nodes.append(.header)
        case "#", "^":
            checkName(tag, diagnostics: &diagnostics)
            guard mayOpen(tag, diagnostics: &diagnostics) else { return false }
            openSection(tag)
        case "/": return closeSection(tag, diagnostics: &diagnostics)
        case nil, "&", "{":
            checkName(tag, diagnostics: &diagnostics)
            checkHasText(tag, diagnostics: &diagnostics)
            nodes.append(.value(tag.name))
        case let other?:
            diagnostics.error(
                .templateSyntax, at: tag.location, "tags that start with '\(other)' are not used in these templates",
                hint: "expected {{name}}, {{#name}}, {{^name}}, {{/name}}, {{> header}} or {{! a comment}}")
        }
        return true
    }

    // MARK: Sections

    /// The scopes in force, inner ones first.
    private var scopes: [TemplateScope] { open.reversed().map(\.scope) + [name.scope] }

    private mutating func openSection(_ tag: Tag) {
        let inner = scopes.lazy.compactMap { $0.sections[tag.name] }.first
        open.append(
            Section(tag: tag, scope: tag.kind == "#" ? inner ?? TemplateScope() : TemplateScope(), outerNodes: nodes))
        nodes = []
    }

    private mutating func closeSection(_ tag: Tag, diagnostics: inout Diagnostics) -> Bool {
        guard let section = open.popLast(), section.tag.name == tag.name else {
            diagnostics.error(
                .templateSyntax, at: tag.location, "'{{/\(tag.name)}}' closes no section",
                hint: "sections close in the reverse of the order in which they open")
            return false
        }
        nodes = section.outerNodes + [.section(tag.name, isInverted: section.tag.kind == "^", nodes)]
        return true
    }

    private func mayOpen(_ tag: Tag, diagnostics: inout Diagnostics) -> Bool {
        // A list within itself would be written as often as a power of its length.
        if tag.kind == "#", let outer = open.first(where: { $0.tag.kind == "#" && $0.tag.name == tag.name }) {
            diagnostics.error(
                .templateSyntax, at: tag.location,
                "the section '\(tag.name)' is nested in itself, which begins at line \(outer.tag.location.line)")
            return false
        }
        if open.count >= Self.maximumDepth {
            diagnostics.error(.templateSyntax, at: tag.location, "sections nest deeper than \(Self.maximumDepth)")
            return false
        }
        return true
    }

    // MARK: Tags

    private func checkName(_ tag: Tag, diagnostics: inout Diagnostics) {
        let known = scopes.reduce(into: Set<String>()) { $0.formUnion($1.names) }
        guard !known.contains(tag.name) else { return }
        if let section = name.scope.section(knowing: tag.name) {
            diagnostics.error(
                .templateName, at: tag.location, "'\(tag.name)' is known only within the section '\(section)'",
                hint: "put it between {{#\(section)}} and {{/\(section)}}")
            return
        }
        diagnostics.error(
            .templateName, at: tag.location, "unknown name '\(tag.name)' in this template",
            hint: Suggestion.nearest(to: tag.name, among: known).map { "did you mean '\($0)'?" }
                ?? "known are: " + known.sorted().joined(separator: ", "))
    }

    private func checkHasText(_ tag: Tag, diagnostics: inout Diagnostics) {
        guard scopes.contains(where: { $0.sections[tag.name] != nil }) else { return }
        diagnostics.error(
            .templateName, at: tag.location, "'\(tag.name)' is a list, and has no text",
            hint: "write {{#\(tag.name)}} and {{/\(tag.name)}} around the text for each item")
    }

    private func checkPartial(_ tag: Tag, diagnostics: inout Diagnostics) {
        guard tag.name != TemplateName.header.rawValue || name == .header else { return }
        diagnostics.error(
            .templateName, at: tag.location,
            name == .header ? "the header can't include a template" : "unknown template '\(tag.name)'",
            hint: name == .header ? nil : "the one that can be included is 'header'")
    }
}
