import ContractModel
import SchemaCompiler

/// The start page: the topology, and a table of the topics.
struct OverviewPage {
    let site: Site

    /// The most topics that the start page lists.
    private static let mostTopics = 40

    func page() -> Page {
        Page(name: PageNames.start, title: site.contract.name.value, section: .overview, body: body)
    }

    private var body: HTML {
        .group {
            Parts.description(site.contract.summary)
            counts
            Parts.section("Topology", id: "topology") {
                HTML.element("p", [.class("hint")]) {
                    "Services send messages to topics, from which other services receive them. Each box leads to its page."
                    site.topology.isLarge ? " Point at a box, or move to it with the keyboard, to see its lines." : ""
                }
                TopologyDrawing(
                    layout: TopologyLayout(site.topology), pages: site.pages,
                    title: "Topology of \(site.contract.name.value)"
                ).svg()
            }
            Parts.section("Topics", id: "topics") {
                TopicTable(site: site).table(Array(site.compiled.topics.prefix(Self.mostTopics)))
                if site.compiled.topics.count > Self.mostTopics {
                    HTML.element("p") {
                        HTML.link(Link(page: Section.topics.page), "All \(site.compiled.topics.count) topics")
                    }
                }
            }
            about
        }
    }

    private var counts: HTML {
        let events = site.compiled.messages.reduce(0) { $0 + $1.events.count }
        let counts: [(Int, String, String?)] = [
            (site.compiled.topics.count, "topic", Section.topics.page),
            (site.compiled.messages.count, "message", Section.messages.page),
            (events, "event", nil),
            (site.contract.services.count, "service", Section.services.page),
            (site.families.count, "metric", Section.metrics.page),
            (site.alerts.count, "alert", Section.alerts.page),
        ]
        return .element("ul", [.class("counts")]) {
            for (count, noun, page) in counts where count > 0 {
                HTML.element("li") {
                    let text = HTML.group {
                        HTML.element("strong") { "\(count)" }
                        " \(noun)\(count == 1 ? "" : "s")"
                    }
                    if let page {
                        HTML.element("a", [.href(Link(page: page))]) { text }
                    } else {
                        HTML.element("span") { text }
                    }
                }
            }
        }
    }

    private var about: HTML {
        let contract = site.contract
        return Parts.section("About", id: "about") {
            Parts.facts([
                ("Version", .text(contract.version.value)),
                ("Service", .text(contract.service.value)),
                ("Owner", .text(contract.ownership.owner?.value ?? "")),
                ("Lifecycle", .text(contract.ownership.lifecycle?.value ?? "")),
                ("Topic prefix", contract.topicPrefix.isEmpty ? HTML() : .code(contract.topicPrefix)),
                ("Schemas", .text("JSON Schema, \(contract.dialect.value.name) unless a file states another")),
            ])
        }
    }
}

/// The table of topics.
struct TopicTable {
    let site: Site

    func table(_ topics: [CompiledTopic]) -> HTML {
        Parts.table(
            "Topics", ["Topic", "Purpose", "Partitions", "Retention", "Messages", "Producers", "Consumers"],
            topics.map { topic in
                let declaration = topic.declaration
                let retention = declaration.config.first { $0.key == TopicConfigKeys.retentionMilliseconds }?.value
                return [
                    site.link(.topic(declaration.key.value), declaration.name),
                    .text(Markdown.summary(declaration.purpose ?? "")),
                    .text("\(declaration.partitions.value)"),
                    .text(retention.map { ConfigWords.words(TopicConfigKeys.retentionMilliseconds, $0) } ?? "broker's"),
                    messages(of: topic),
                    site.services(declaration.producers),
                    site.services(declaration.consumers),
                ]
            })
    }

    private func messages(of topic: CompiledTopic) -> HTML {
        let messages = site.messages(of: topic)
        guard messages.count <= 5 else { return .text("\(messages.count)") }
        return .joined(messages.map { site.link(.message($0.name), $0.name) })
    }
}
