import ContractModel
import MonitoringCompiler
import SchemaCompiler

/// The page of a topic.
struct TopicPage {
    let site: Site
    let topic: CompiledTopic
    private var declaration: TopicDeclaration { topic.declaration }

    func page() -> Page {
        Page(
            name: site.pages[.topic(declaration.key.value)], title: declaration.name, kind: "Topic", section: .topics,
            body: body)
    }

    private var body: HTML {
        let messages = site.messages(of: topic)
        return .group {
            Parts.description(declaration.purpose)
            Parts.facts([
                ("Partitions", .text("\(declaration.partitions.value)")),
                (
                    "Replication",
                    .text(
                        "\(declaration.replication.value) \(declaration.replication.value == 1 ? "copy" : "copies") of each record"
                    )
                ),
                ("Retention", .text(ConfigWords.retention(of: declaration))),
                ("Expected rate", .text(expectedRate)),
                ("Produced by", site.services(declaration.producers)),
                ("Consumed by", site.services(declaration.consumers)),
                ("In Swift", .code("\(site.contract.name.value).Topics.\(topic.name)")),
            ])
            TopologyDrawing(
                layout: TopologyLayout(site.topology.limited(to: [declaration.key.value])), pages: site.pages,
                title: "Flow through \(declaration.name)"
            ).svg()
            Parts.section("Messages", id: "messages") {
                if messages.isEmpty {
                    HTML.paragraph("No message of the contract goes to this topic.")
                } else {
                    MessageTable(site: site).table(Array(messages.prefix(ListPages.pageSize)))
                }
            }
            configs
            alerts
        }
    }

    private var expectedRate: String {
        declaration.expectedWithin.map { "at least one message in \(ConfigWords.duration($0.value))" }
            ?? "not stated: the topic may be silent"
    }

    private var configs: HTML {
        Parts.section("Configuration", id: "configuration") {
            if declaration.config.isEmpty {
                HTML.paragraph("All configs are the broker's defaults.")
            } else {
                Parts.table(
                    "Configuration", ["Config", "Value", "Meaning", "Kafka's default"],
                    declaration.config.map { entry in
                        let standard = TopicConfigKeys.brokerDefaults[entry.key] ?? ""
                        return [
                            .code(entry.key), .code(entry.value), .text(meaning(of: entry)),
                            standard == entry.value
                                ? .element("span", [.class("none")]) { "the same" } : value(entry.key, standard),
                        ]
                    })
            }
            otherConfigs
        }
    }

    /// The configs that the contract does not state.
    private var otherConfigs: HTML {
        let stated = Set(declaration.config.map(\.key))
        let others = TopicConfigKeys.brokerDefaults.sorted { $0.key < $1.key }.filter { !stated.contains($0.key) }
        return .element("details", [.class("more")]) {
            HTML.element("summary") { "\(others.count) other configs have the broker's default" }
            Parts.table(
                "Other configs", ["Config", "Kafka's default"], others.map { [.code($0.key), value($0.key, $0.value)] })
        }
    }

    private func value(_ key: String, _ value: String) -> HTML {
        .group {
            HTML.code(value.isEmpty ? "empty" : value)
            let words = ConfigWords.words(key, value)
            if words != value { " (\(words))" }
        }
    }

    /// Returns the value in words; empty where it is already in words.
    private func meaning(of entry: TopicDeclaration.ConfigEntry) -> String {
        let words = ConfigWords.words(entry.key, entry.value)
        return words == entry.value ? "" : words
    }

    private var alerts: HTML {
        let names = site.relations.alertsByTopic[declaration.key.value] ?? []
        return Parts.section("Alerts that watch the topic", id: "alerts") {
            if names.isEmpty {
                HTML.paragraph("No alert queries series of this topic.")
            } else {
                AlertTable(site: site).table(site.alerts.filter { names.contains($0.name) })
            }
        }
    }
}

/// The table of messages.
struct MessageTable {
    let site: Site
    var showsTopic = false

    func table(_ messages: [CompiledMessage]) -> HTML {
        Parts.table(
            "Messages", ["Message", "Description"] + (showsTopic ? ["Topic"] : []) + ["Events"],
            messages.map { message in
                [
                    site.link(.message(message.name), message.name),
                    .text(Markdown.summary(message.declaration.summary ?? "")),
                ]
                    + (showsTopic
                        ? [site.link(.topic(message.topic.declaration.key.value), message.topic.declaration.name)] : [])
                    + [events(of: message)]
            })
    }

    private func events(of message: CompiledMessage) -> HTML {
        let events = message.events.map(\.declaration.name.value)
        guard events.count <= 8 else { return .text("\(events.count)") }
        return .joined(events.map(HTML.code), by: " ")
    }
}
