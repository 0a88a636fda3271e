import ContractModel

/// Checks a skeleton's tags before it is handed to the template library: names are known where they stand, sections nest,
/// partials end.
struct TemplateScanner {
    private struct Tag {
        var kind: Character?
        var name: String
        var location: SourceLocation
    }

    /// A section that is open, and what is known inside of it beside what is known around it.
    private struct Section {
        var tag: Tag
        var scope: TemplateScope
    }

    private static let maximumDepth = 32

    let name: TemplateName
    let file: String

    func check(_ text: String, diagnostics: inout Diagnostics) {
        guard let tags = tags(of: text, diagnostics: &diagnostics) else { return }
        var open: [Section] = []
        for tag in tags {
            switch tag.kind {
            case "!": continue
            case ">": checkPartial(tag, diagnostics: &diagnostics)
            case "#", "^":
                checkName(tag, within: open, diagnostics: &diagnostics)
                guard mayOpen(tag, within: open, diagnostics: &diagnostics) else { return }
                open.append(section(tag, within: open))
            case "/":
                guard let section = open.popLast(), section.tag.name == tag.name else {
                    diagnostics.error(
                        .templateSyntax, at: tag.location, "'{{/\(tag.name)}}' closes no section",
                        hint: "sections close in the reverse of the order in which they open")
                    return
                }
            case nil, "&", "{":
                checkName(tag, within: open, diagnostics: &diagnostics)
                if scopes(within: open).contains(where: { $0.sections[tag.name] != nil }) {
                    diagnostics.error(
                        .templateName, at: tag.location, "'\(tag.name)' is a list, and has no text",
                        hint: "write {{#\(tag.name)}} and {{/\(tag.name)}} around what is to stand for each")
                }
            case let other?:
                diagnostics.error(
                    .templateSyntax, at: tag.location,
                    "tags that start with '\(other)' are not used in these templates",
                    hint: "expected {{name}}, {{#name}}, {{^name}}, {{/name}}, {{> header}} or {{! a comment}}")
            }
        }
        for section in open {
            diagnostics.error(
                .templateSyntax, at: section.tag.location, "the section '\(section.tag.name)' is never closed",
                hint: "add {{/\(section.tag.name)}}")
        }
    }

    // MARK: Sections

    /// The scopes in force, inner ones first.
    private func scopes(within open: [Section]) -> [TemplateScope] {
        open.reversed().map(\.scope) + [name.scope]
    }

    private func section(_ tag: Tag, within open: [Section]) -> Section {
        let inner = scopes(within: open).lazy.compactMap { $0.sections[tag.name] }.first
        return Section(tag: tag, scope: tag.kind == "#" ? inner ?? TemplateScope() : TemplateScope())
    }

    private func mayOpen(_ tag: Tag, within open: [Section], diagnostics: inout Diagnostics) -> Bool {
        // A list within itself would be written as often as a power of its length.
        if tag.kind == "#", let outer = open.first(where: { $0.tag.kind == "#" && $0.tag.name == tag.name }) {
            diagnostics.error(
                .templateSyntax, at: tag.location,
                "the section '\(tag.name)' stands within itself, which begins at line \(outer.tag.location.line)")
            return false
        }
        if open.count >= Self.maximumDepth {
            diagnostics.error(.templateSyntax, at: tag.location, "sections nest deeper than \(Self.maximumDepth)")
            return false
        }
        return true
    }

    // MARK: Tags

    private func checkName(_ tag: Tag, within open: [Section], diagnostics: inout Diagnostics) {
        let known = scopes(within: open).reduce(into: Set<String>()) { $0.formUnion($1.names) }
        guard !known.contains(tag.name) else { return }
        if let section = name.scope.section(knowing: tag.name) {
            diagnostics.error(
                .templateName, at: tag.location, "'\(tag.name)' is known only within the section '\(section)'",
                hint: "put it between {{#\(section)}} and {{/\(section)}}")
            return
        }
        diagnostics.error(
            .templateName, at: tag.location, "'\(tag.name)' is no name that this template knows",
            hint: Suggestion.nearest(to: tag.name, among: known).map { "did you mean '\($0)'?" }
                ?? "known are: " + known.sorted().joined(separator: ", "))
    }

    private func checkPartial(_ tag: Tag, diagnostics: inout Diagnostics) {
        guard tag.name != TemplateName.header.rawValue || name == .header else { return }
        diagnostics.error(
            .templateName, at: tag.location,
            name == .header ? "the header can't include a template" : "there is no template '\(tag.name)' to include",
            hint: name == .header ? nil : "the one that can be included is 'header'")
    }

    /// Every tag with its place; `nil` where one does not end.
    private func tags(of text: String, diagnostics: inout Diagnostics) -> [Tag]? {
        var tags: [Tag] = []
        var rest = Substring(text)
        var line = 1
        var column = 1
        func advance(over part: Substring) {
            for scalar in part.unicodeScalars {
                if scalar == "\n" {
                    line += 1
                    column = 1
                } else {
                    column += 1
                }
            }
        }
        while let start = rest.firstRange(of: "{{") {
            advance(over: rest[..<start.lowerBound])
            let location = SourceLocation(file: file, line: line, column: column)
            let isTriple = rest[start.upperBound...].first == "{"
            let ending = isTriple ? "}}}" : "}}"
            guard let end = rest[start.upperBound...].firstRange(of: ending) else {
                diagnostics.error(
                    .templateSyntax, at: location, "this tag does not end", hint: "expected '\(ending)'")
                return nil
            }
            var content = rest[start.upperBound..<end.lowerBound]
            var kind: Character?
            if let first = content.first, !first.isLetter, first != " " {
                kind = first
                content = content.dropFirst()
            }
            let tagName = content.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
            tags.append(Tag(kind: kind, name: String(tagName), location: location))
            advance(over: rest[start.lowerBound..<end.upperBound])
            rest = rest[end.upperBound...]
        }
        return tags
    }
}

extension Substring {
    /// The first place of a text; a plain search, for the short texts of templates.
    fileprivate func firstRange(of other: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other), let end = index(start, offsetBy: other.count, limitedBy: endIndex) {
                return start..<end
            }
            start = index(after: start)
        }
        return nil
    }
}
