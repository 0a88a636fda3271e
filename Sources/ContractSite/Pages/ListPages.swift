import ContractModel
import MetricsCompiler
import MonitoringCompiler
import SchemaCompiler

/// The pages of a section's subjects; long lists have several pages.
struct ListPages {
    let site: Site

    /// The most rows of a page.
    static let pageSize = 100

    func pages() -> [Page] {
        paged(.topics, site.compiled.topics) { TopicTable(site: site).table($0) }
            + paged(.messages, site.compiled.messages) { MessageTable(site: site, showsTopic: true).table($0) }
            + paged(.services, site.contract.services, services)
            + paged(.metrics, site.families, metrics) + paged(.alerts, site.alerts) { AlertTable(site: site).table($0) }
    }

    private func paged<Element>(_ section: Section, _ all: [Element], _ table: ([Element]) -> HTML) -> [Page] {
        guard !all.isEmpty else { return [] }
        let count = (all.count + Self.pageSize - 1) / Self.pageSize
        func name(_ number: Int) -> String {
            number == 1 ? section.page : "\(section.rawValue.lowercased())-page\(number).html"
        }
        return (1...count).map { number in
            let rows = Array(all[((number - 1) * Self.pageSize)..<min(all.count, number * Self.pageSize)])
            let body = HTML.group {
                table(rows)
                if count > 1 {
                    HTML.element("nav", [.class("pages"), .set("aria-label", "Pages of the list")]) {
                        for other in 1...count {
                            HTML.element(
                                "a",
                                [.href(Link(page: name(other)))]
                                    + (other == number ? [.set("aria-current", "page")] : [])
                            ) { "\((other - 1) * Self.pageSize + 1) to \(min(all.count, other * Self.pageSize))" }
                        }
                    }
                }
            }
            return Page(name: name(number), title: section.rawValue, section: section, body: body)
        }
    }

    private func services(_ services: [ServiceDeclaration]) -> HTML {
        Parts.table(
            "Services", ["Service", "Description", "Sends to", "Receives from", "Owner"],
            services.map { service in
                let page = ServicePage(site: site, service: service)
                return [
                    site.link(.service(service.name.value), service.name.value),
                    .text(Markdown.summary(service.summary ?? "")), page.topics(\.producers), page.topics(\.consumers),
                    .text(service.ownership.owner?.value ?? ""),
                ]
            })
    }

    private func metrics(_ families: [CompiledFamily]) -> HTML {
        Parts.table(
            "Metrics", ["Metric", "Type", "Help", "Labels", "Alerts"],
            families.map { family in
                [
                    site.link(.metric(family.name), family.name), .text(family.kind.rawValue),
                    .text(family.declaration.help.value), .joined(family.labels.map { .code($0.name) }, by: " "),
                    .text("\(site.relations.alertsByFamily[family.name]?.count ?? 0)"),
                ]
            })
    }
}

/// The page of a service.
struct ServicePage {
    let site: Site
    let service: ServiceDeclaration

    func page() -> Page {
        Page(
            name: site.pages[.service(service.name.value)], title: service.name.value, kind: "Service",
            section: .services, body: body)
    }

    private func own(_ services: (TopicDeclaration) -> [Located<String>]) -> [CompiledTopic] {
        site.compiled.topics.filter { services($0.declaration).contains { $0.value == service.name.value } }
    }

    /// Links to topics of the service; the number of them where there are many.
    func topics(_ services: (TopicDeclaration) -> [Located<String>]) -> HTML {
        let topics = own(services)
        guard topics.count <= 8 else { return .text("\(topics.count) topics") }
        return .joined(topics.map { site.link(.topic($0.declaration.key.value), $0.declaration.name) })
    }

    private var body: HTML {
        let (sent, received) = (own(\.producers), own(\.consumers))
        let keys = Set((sent + received).map(\.declaration.key.value))
        return .group {
            Parts.description(service.summary)
            Parts.facts([
                ("Owner", .text(service.ownership.owner?.value ?? "")),
                ("Lifecycle", .text(service.ownership.lifecycle?.value ?? "")),
            ])
            if !keys.isEmpty {
                TopologyDrawing(
                    layout: TopologyLayout(site.topology.limited(to: keys)), pages: site.pages,
                    title: "Topics of \(service.name.value)"
                ).svg()
            }
            section("Sends", id: "sends", sent)
            section("Receives", id: "receives", received)
        }
    }

    private func section(_ title: String, id: String, _ topics: [CompiledTopic]) -> HTML {
        Parts.section(title, id: id) {
            if topics.isEmpty {
                HTML.paragraph("Nothing.")
            } else {
                Parts.table(
                    title, ["Message", "Topic", "Description"],
                    topics.flatMap { topic in
                        site.messages(of: topic).map { message in
                            [
                                site.link(.message(message.name), message.name),
                                site.link(.topic(topic.declaration.key.value), topic.declaration.name),
                                .text(Markdown.summary(message.declaration.summary ?? "")),
                            ]
                        }
                    }.prefix(ListPages.pageSize).map(\.self))
            }
        }
    }
}
