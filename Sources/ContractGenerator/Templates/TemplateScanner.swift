import ContractModel

/// Checks a skeleton's tags before it is handed to the template library: names are known, sections nest, partials end.
struct TemplateScanner {
    private struct Tag {
        var kind: Character?
        var name: String
        var location: SourceLocation
    }

    private static let maximumDepth = 32

    let name: TemplateName
    let file: String

    func check(_ text: String, diagnostics: inout Diagnostics) {
        guard let tags = tags(of: text, diagnostics: &diagnostics) else { return }
        var open: [Tag] = []
        for tag in tags {
            switch tag.kind {
            case "!": continue
            case ">": checkPartial(tag, diagnostics: &diagnostics)
            case "#", "^":
                checkName(tag, diagnostics: &diagnostics)
                open.append(tag)
                if open.count > Self.maximumDepth {
                    diagnostics.error(
                        .templateSyntax, at: tag.location, "sections nest deeper than \(Self.maximumDepth)")
                    return
                }
            case "/":
                guard let start = open.popLast(), start.name == tag.name else {
                    diagnostics.error(
                        .templateSyntax, at: tag.location, "'{{/\(tag.name)}}' closes no section",
                        hint: "sections close in the reverse of the order in which they open")
                    return
                }
            case nil, "&", "{": checkName(tag, diagnostics: &diagnostics)
            case let other?:
                diagnostics.error(
                    .templateSyntax, at: tag.location,
                    "tags that start with '\(other)' are not used in these templates",
                    hint: "expected {{name}}, {{#name}}, {{^name}}, {{/name}}, {{> header}} or {{! a comment}}")
            }
        }
        for tag in open {
            diagnostics.error(
                .templateSyntax, at: tag.location, "the section '\(tag.name)' is never closed",
                hint: "add {{/\(tag.name)}}")
        }
    }

    private func checkName(_ tag: Tag, diagnostics: inout Diagnostics) {
        guard !name.knownNames.contains(tag.name) else { return }
        diagnostics.error(
            .templateName, at: tag.location, "'\(tag.name)' is no name that this template knows",
            hint: Suggestion.nearest(to: tag.name, among: name.knownNames).map { "did you mean '\($0)'?" }
                ?? "known are: " + name.knownNames.sorted().joined(separator: ", "))
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
