/// Markup. It is made of elements with fixed names and of strings, each of which is escaped: no text of a contract becomes
/// markup.
struct HTML: Sendable {
    fileprivate(set) var markup = ""

    init() {}

    fileprivate init(markup: String) { self.markup = markup }

    var isEmpty: Bool { markup.isEmpty }

    /// Returns a string as the content of an element.
    static func text(_ text: String) -> HTML { HTML(markup: escaped(text)) }

    /// Returns an element.
    ///
    /// Void elements such as `meta` have no end tag.
    static func element(
        _ name: StaticString, _ attributes: [Attribute] = [], @HTMLBuilder _ content: () -> HTML = { HTML() }
    ) -> HTML {
        var html = HTML()
        html.open(name, attributes)
        html.markup += content().markup
        html.markup += "</\(name)>"
        return html
    }

    static func void(_ name: StaticString, _ attributes: [Attribute] = []) -> HTML {
        var html = HTML()
        html.open(name, attributes)
        return html
    }

    mutating func append(_ other: HTML) { markup += other.markup }

    private mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
        markup += "<\(name)"
        for attribute in attributes {
            markup += " \(attribute.name)"
            if let value = attribute.value { markup += "=\"\(Self.escaped(value))\"" }
        }
        markup += ">"
    }

    /// Returns a string without the characters that begin markup or end a quoted value, and without those that no document may
    /// have.
    static func escaped(_ text: String) -> String {
        let needsEscape = text.utf8.contains { byte in
            byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x22 || byte == 0x27 || byte < 0x20 || byte == 0x7F
        }
        guard needsEscape else { return text }
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

/// An attribute of an element.
struct Attribute: Sendable {
    let name: StaticString
    /// `nil` is an attribute without a value.
    let value: String?

    static func `class`(_ names: StaticString) -> Attribute { Attribute(name: "class", value: "\(names)") }
    static func id(_ id: String) -> Attribute { Attribute(name: "id", value: id) }
    static func href(_ link: Link) -> Attribute { Attribute(name: "href", value: link.address) }
    static func flag(_ name: StaticString) -> Attribute { Attribute(name: name, value: nil) }

    /// Returns an attribute whose value is a string or a number: not an address, a style or a script.
    static func set(_ name: StaticString, _ value: String) -> Attribute { Attribute(name: name, value: value) }
    static func set(_ name: StaticString, _ value: Int) -> Attribute { Attribute(name: name, value: String(value)) }
}

/// An address that is safe to follow: a page of the site, or a web or mail address.
struct Link: Hashable, Sendable {
    let address: String

    /// Creates the address of a page of the site, or of a part of one.
    init(page: String, fragment: String? = nil) { address = page + (fragment.map { "#" + $0 } ?? "") }

    /// Creates an address that a contract states; `nil` unless it is a web or mail address.
    init?(external text: String) {
        let lowercased = text.lowercased()
        guard ["https://", "http://", "mailto:"].contains(where: lowercased.hasPrefix),
            text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
        else { return nil }
        address = text
    }
}

/// A result builder that joins the parts of an element's content.
@resultBuilder
enum HTMLBuilder {
    static func buildExpression(_ html: HTML) -> HTML { html }
    static func buildExpression(_ text: String) -> HTML { .text(text) }
    static func buildExpression(_ html: HTML?) -> HTML { html ?? HTML() }
    static func buildBlock(_ parts: HTML...) -> HTML { HTML(markup: parts.map(\.markup).joined()) }
    static func buildOptional(_ html: HTML?) -> HTML { html ?? HTML() }
    static func buildEither(first html: HTML) -> HTML { html }
    static func buildEither(second html: HTML) -> HTML { html }
    static func buildArray(_ parts: [HTML]) -> HTML { HTML(markup: parts.map(\.markup).joined()) }
}

extension HTML {
    /// Returns the markup of several parts.
    static func group(@HTMLBuilder _ content: () -> HTML) -> HTML { content() }

    /// Returns a link.
    static func link(_ link: Link, _ text: String, class name: StaticString? = nil) -> HTML {
        element("a", [.href(link)] + (name.map { [Attribute.class($0)] } ?? [])) { text }
    }

    /// The most characters of a name that is never broken.
    private static let longestWhole = 22

    /// Returns a name. A long one may be broken after underscores, dots, slashes and hyphens, and before the words of a camel
    /// case.
    static func name(_ text: String) -> HTML {
        guard text.count > longestWhole else {
            return HTML(markup: "<span class=\"whole\">\(escaped(text))</span>")
        }
        var html = HTML()
        var part = ""
        for character in text {
            if character.isUppercase, let last = part.last, last.isLowercase {
                html.markup += escaped(part) + "<wbr>"
                part = ""
            }
            part.append(character)
            if "_./-".contains(character) {
                html.markup += escaped(part) + "<wbr>"
                part = ""
            }
        }
        html.markup += escaped(part)
        return html
    }

    static func code(_ text: String) -> HTML { element("code") { text } }

    static func paragraph(_ text: String) -> HTML { element("p") { text } }

    /// Parts with a separator between them.
    static func joined(_ parts: [HTML], by separator: String = ", ") -> HTML {
        HTML(markup: parts.map(\.markup).joined(separator: escaped(separator)))
    }
}
