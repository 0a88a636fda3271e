import ContractGenerator
import ContractModel
import MetricsCompiler
import MonitoringCompiler
import SchemaCompiler

/// A page without what surrounds it.
struct Page {
    var name: String
    /// The heading, and the beginning of the window's title.
    var title: String
    /// The kind of the subject, above the heading; empty on pages of lists.
    var kind = ""
    /// The section that the page belongs to.
    var section: Section
    var body: HTML
}

/// A section of the site.
enum Section: String, CaseIterable, Sendable {
    case overview = "Overview"
    case topics = "Topics"
    case messages = "Messages"
    case services = "Services"
    case metrics = "Metrics"
    case alerts = "Alerts"
    case changes = "Changes"

    var page: String { self == .overview ? PageNames.start : rawValue.lowercased() + ".html" }
}

/// The parts around each page: the head, the navigation and the search.
struct PageShell {
    let site: Site
    private let entries: [Section: [(subject: Subject, name: String)]]

    /// The most entries of a section that the navigation lists.
    private static let mostEntries = 40
    private static let openOnStart: [Section] = [.topics, .messages, .services]

    static let styleName = "site.css"
    static let scriptName = "site.js"
    static let indexName = "search-index.js"

    init(_ site: Site) {
        self.site = site
        entries = [
            .topics: site.compiled.topics.map { (.topic($0.declaration.key.value), $0.declaration.name) },
            .messages: site.compiled.messages.map { (.message($0.name), $0.name) },
            .services: site.contract.services.map { (.service($0.name.value), $0.name.value) },
            .metrics: site.families.map { (.metric($0.name), $0.name) },
            .alerts: site.alerts.map { (.alert($0.name), $0.name) },
        ]
    }

    /// The sections that have pages.
    var sections: [Section] {
        Section.allCases.filter { section in
            switch section {
            case .overview: true
            case .changes: site.history != nil
            default: entries[section]?.isEmpty == false
            }
        }
    }

    func file(_ page: Page) -> GeneratedFile {
        let contract = site.contract
        let title = page.section == .overview ? contract.name.value : "\(page.title) · \(contract.name.value)"
        let document = HTML.element("html", [.set("lang", "en")]) {
            HTML.element("head") {
                HTML.void("meta", [.set("charset", "utf-8")])
                HTML.void("meta", [.set("name", "viewport"), .set("content", "width=device-width, initial-scale=1")])
                HTML.void("meta", [.set("name", "color-scheme"), .set("content", "light dark")])
                HTML.element("title") { title }
                // Without an icon, browsers ask the server for one.
                HTML.void("link", [.set("rel", "icon"), .set("href", "data:,")])
                HTML.void("link", [.set("rel", "stylesheet"), .href(Link(page: Self.styleName))])
                HTML.element("script", [.set("src", Self.scriptName), .flag("defer")])
            }
            HTML.element("body") {
                HTML.element("a", [.class("skip"), .href(Link(page: "", fragment: "content"))]) {
                    "Skip to the content"
                }
                header
                HTML.element("div", [.class("frame")]) {
                    navigation(page)
                    HTML.element("main", [.id("content"), .set("tabindex", "-1")]) {
                        if !page.kind.isEmpty { HTML.element("p", [.class("kind")]) { page.kind } }
                        HTML.element("h1") { HTML.name(page.title) }
                        page.body
                    }
                }
                HTML.element("footer") {
                    HTML.paragraph(
                        "\(contract.name.value) \(contract.version.value), generated from \(contract.manifestName) by event-contracts."
                    )
                }
            }
        }
        return GeneratedFile(
            name: page.name,
            contents:
                "<!doctype html>\n<!-- \(GeneratedFile.words). Do not edit: change the contract, and generate again. -->\n"
                + document.markup + "\n")
    }

    private var header: HTML {
        .element("header", [.class("top")]) {
            HTML.element("a", [.class("brand"), .href(Link(page: PageNames.start))]) {
                HTML.element("span", [.class("name")]) { site.contract.name.value }
                HTML.element("span", [.class("version")]) { site.contract.version.value }
            }
            HTML.element("div", [.class("search"), .set("role", "search")]) {
                HTML.void(
                    "input",
                    [
                        .id("search"), .set("type", "text"), .set("enterkeyhint", "search"),
                        .set("placeholder", "Search (press /)"),
                        .set("aria-label", "Search names and descriptions"), .set("autocomplete", "off"),
                        .set("role", "combobox"), .set("aria-expanded", "false"), .set("aria-controls", "results"),
                        .set("aria-autocomplete", "list"), .set("spellcheck", "false"),
                    ])
                HTML.element(
                    "ul",
                    [.id("results"), .set("role", "listbox"), .set("aria-label", "Search results"), .flag("hidden")])
                HTML.element("p", [.id("search-status"), .class("unseen"), .set("role", "status")])
            }
            HTML.element("button", [.id("theme"), .set("type", "button"), .flag("hidden")]) { "Dark" }
        }
    }

    private func navigation(_ page: Page) -> HTML {
        .element("nav", [.class("side"), .set("aria-label", "Sections")]) {
            HTML.element("ul") {
                for section in sections {
                    HTML.element("li") {
                        navigationLink(section.rawValue, to: section.page, on: page)
                        list(section, page)
                    }
                }
            }
        }
    }

    /// Returns the entries of the page's own section, and of the first sections on the start page.
    private func list(_ section: Section, _ page: Page) -> HTML {
        let isOpen = section == page.section || (page.section == .overview && Self.openOnStart.contains(section))
        guard isOpen, let entries = entries[section], entries.count <= Self.mostEntries else { return HTML() }
        return .element("ul") {
            for entry in entries {
                HTML.element("li") { navigationLink(entry.name, to: site.pages[entry.subject], on: page) }
            }
        }
    }

    private func navigationLink(_ text: String, to name: String, on page: Page) -> HTML {
        let current = name == page.name ? [Attribute.set("aria-current", "page")] : []
        return .element("a", [.href(Link(page: name))] + current) { HTML.name(text) }
    }
}
