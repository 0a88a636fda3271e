import ContractModel

/// Parts that pages share.
enum Parts {
    /// Returns a section with a heading that can be linked.
    static func section(_ title: String, id: String, @HTMLBuilder _ content: () -> HTML) -> HTML {
        .element("section") {
            HTML.element("h2", [.id(id)]) {
                HTML.element("a", [.class("anchor"), .href(Link(page: "", fragment: id))]) { title }
            }
            content()
        }
    }

    /// Names and values in two columns.
    static func facts(_ facts: [(String, HTML)]) -> HTML {
        .element("dl", [.class("facts")]) {
            for (name, value) in facts where !value.isEmpty {
                HTML.element("div") {
                    HTML.element("dt") { name }
                    HTML.element("dd") { value }
                }
            }
        }
    }

    /// Returns a table that scrolls where it is wider than the page.
    static func table(_ label: String, _ columns: [String], _ rows: [[HTML]]) -> HTML {
        .element("div", [.class("scroll"), .set("tabindex", "0"), .set("role", "region"), .set("aria-label", label)]) {
            HTML.element("table") {
                HTML.element("thead") {
                    HTML.element("tr") {
                        for column in columns { HTML.element("th", [.set("scope", "col")]) { column } }
                    }
                }
                HTML.element("tbody") {
                    for row in rows {
                        HTML.element("tr") {
                            for (index, cell) in row.enumerated() {
                                if index == 0 {
                                    HTML.element("th", [.set("scope", "row")]) { cell }
                                } else {
                                    HTML.element("td") { cell }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Returns code that can be copied.
    ///
    /// - Parameter wraps: Whether long lines are wrapped, instead of scrolled.
    static func code(_ text: String, label: String, wraps: Bool = false) -> HTML {
        .element("div", [.class(wraps ? "code wraps" : "code")]) {
            HTML.element("pre", [.set("tabindex", "0"), .set("role", "region"), .set("aria-label", label)]) {
                HTML.code(text)
            }
        }
    }

    static func description(_ text: String?) -> HTML {
        guard let text, !text.isEmpty else { return HTML() }
        return .element("div", [.class("description")]) { Markdown.html(text) }
    }

    static func badge(_ text: String, _ name: StaticString = "badge") -> HTML {
        .element("span", [.class(name)]) { text }
    }

    static func list(_ items: [HTML]) -> HTML {
        .element("ul", [.class("links")]) { for item in items { HTML.element("li") { item } } }
    }
}
