import ContractModel
import JSONTape
import MetricsCompiler
import MonitoringCompiler
import PromQL
import SchemaCompiler

/// The page of a metric family.
struct MetricPage {
    let site: Site
    let family: CompiledFamily

    func page() -> Page {
        Page(name: site.pages[.metric(family.name)], title: family.name, kind: "Metric", section: .metrics, body: body)
    }

    private var body: HTML {
        .group {
            Parts.description(family.declaration.help.value)
            Parts.facts([
                ("Type", .text(family.kind.rawValue)),
                ("Unit", .text(family.declaration.unit?.value ?? "")),
                ("Counts", source),
                ("Series", .text("\(family.initialSeries) from the start, at most \(family.maximumSeries)")),
                ("Value", family.value.map { .code($0.pointer.description) } ?? HTML()),
                ("Buckets", .joined(family.buckets.map { .code(PromQLText.number($0)) }, by: " ")),
                ("In Swift", .code("\(site.contract.name.value).Metrics.\(family.memberName)")),
            ])
            labels
            alerts
        }
    }

    private var source: HTML {
        switch family.source {
        case .producer(let event): .code(event.manifestName)
        case .message(let message):
            .group {
                "deliveries of "
                site.link(.message(message.name), message.name)
                if let events = family.events {
                    ": "
                    HTML.joined(events.map { HTML.code($0.declaration.name.value) })
                }
            }
        case nil: .text("the program updates it")
        }
    }

    private static let mostValues = 60

    private var labels: HTML {
        Parts.section("Labels", id: "labels") {
            if family.labels.isEmpty {
                HTML.paragraph("The family has one series, without labels.")
            } else {
                Parts.table(
                    "Labels", ["Label", "Comes from", "Values"],
                    family.labels.map { label in
                        [.code(label.name), .text(origin(of: label)), values(of: label)]
                    })
            }
        }
    }

    private func origin(of label: CompiledLabel) -> String {
        switch label.origin {
        case .dimension(let dimension): "the \(dimension.rawValue)"
        case .property(let path): "the property \(path.pointer)"
        case nil: "the program"
        }
    }

    private func values(of label: CompiledLabel) -> HTML {
        switch label.values {
        case .open(let maximum): return .text("any, at most \(maximum)")
        case .closed:
            let values = site.monitoring.metrics?.labelType(label)?.values.map(\.text) ?? []
            return .group {
                HTML.joined(values.prefix(Self.mostValues).map(HTML.code), by: " ")
                if values.count > Self.mostValues { " and \(values.count - Self.mostValues) more" }
            }
        }
    }

    private var alerts: HTML {
        let names = site.relations.alertsByFamily[family.name] ?? []
        return Parts.section("Alerts on it", id: "alerts") {
            if names.isEmpty {
                HTML.paragraph("No alert queries this metric.")
            } else {
                AlertTable(site: site).table(site.alerts.filter { names.contains($0.name) })
            }
        }
    }
}

/// The page of an alert.
struct AlertPage {
    let site: Site
    let alert: CompiledAlert

    private static let mostTests = 8

    func page() -> Page {
        Page(name: site.pages[.alert(alert.name)], title: alert.name, kind: "Alert", section: .alerts, body: body)
    }

    private func annotation(_ name: String) -> String? { alert.annotations.first { $0.name == name }?.text }

    private var body: HTML {
        let words = AlertWords(site: site, alert: alert)
        return .group {
            HTML.element("p", [.class("lead")]) {
                AlertTable.severity(of: alert)
                " "
                Markdown.inline(annotation("summary") ?? "")
            }
            Parts.description(annotation("description"))
            if let sentence = words.sentence { HTML.element("p") { Markdown.inline(sentence) } }
            Parts.facts([
                ("Holds for", .text(alert.holdsFor > .zero ? ConfigWords.duration(alert.holdsFor) : "fires at once")),
                (
                    "Keeps firing for",
                    alert.keepsFiringFor > .zero ? .text(ConfigWords.duration(alert.keepsFiringFor)) : HTML()
                ),
                (
                    "Queries",
                    .joined((site.relations.familiesByAlert[alert.name] ?? []).map { site.link(.metric($0), $0) })
                ),
                ("Watches", watched),
                ("Origin", .text(origin)),
                ("Runbook", runbook),
            ])
            Parts.section("Expression", id: "expression") {
                Parts.code(alert.expression.text, label: "PromQL of \(alert.name)", wraps: true)
                recordings
                if let scale = AlertThreshold(site: site, alert: alert).scale { scale.svg() }
            }
            tests
        }
    }

    /// The rules that record the series of the expression.
    private var recordings: HTML {
        let names = Set(alert.expression.tree?.selectors.compactMap { $0.name?.text } ?? [])
        let rules = (site.monitoring.alerts?.recordings ?? []).filter { names.contains($0.name) }
        guard !rules.isEmpty else { return HTML() }
        return .element("details", [.class("more")]) {
            HTML.element("summary") { rules.count == 1 ? "1 recorded series" : "\(rules.count) recorded series" }
            Parts.table(
                "Recorded series", ["Series", "Expression"],
                rules.map { [.code($0.name), .code($0.expression.description)] })
        }
    }

    private var watched: HTML {
        let topics = site.compiled.topics.filter { topic in
            site.relations.alertsByTopic[topic.declaration.key.value]?.contains(alert.name) == true
        }
        guard topics.count <= 20 else { return .text("\(topics.count) topics") }
        return .joined(topics.map { site.link(.topic($0.declaration.key.value), $0.declaration.name) })
    }

    private var origin: String {
        switch alert.origin {
        case .declared: "declared in the manifest"
        case .objective(let name): "the objective \(name)"
        case .producer: "the standard alerts of a producer"
        }
    }

    private var runbook: HTML {
        guard let text = annotation("runbook_url") else { return HTML() }
        guard let link = Link(external: text) else { return .text(text) }
        return .element("a", [.href(link), .set("rel", "noopener noreferrer")]) { text }
    }

    private var tests: HTML {
        Parts.section("Tests", id: "tests") {
            if alert.tests.isEmpty {
                HTML.paragraph("The alert has no tests.")
            } else {
                HTML.element("p", [.class("hint")]) {
                    "Samples of each series on a scale of its own. Below, "
                    HTML.element("span", [.class("key pending")]) { "pending" }
                    " and "
                    HTML.element("span", [.class("key firing")]) { "firing" }
                    " periods. A filled mark is a time at which the alert must fire, a hollow one a time at which it must not."
                }
                for test in alert.tests.prefix(Self.mostTests) {
                    AlertTestChart(alert, test, recordings: site.monitoring.alerts?.recordings ?? []).svg()
                }
                if alert.tests.count > Self.mostTests {
                    HTML.paragraph("And \(alert.tests.count - Self.mostTests) more tests.")
                }
            }
        }
    }
}

/// The table of alerts.
struct AlertTable {
    let site: Site

    func table(_ alerts: [CompiledAlert]) -> HTML {
        Parts.table(
            "Alerts", ["Alert", "Severity", "Summary", "Queries"],
            alerts.map { alert in
                [
                    site.link(.alert(alert.name), alert.name), Self.severity(of: alert),
                    .text(alert.annotations.first { $0.name == "summary" }?.text ?? ""),
                    .joined((site.relations.familiesByAlert[alert.name] ?? []).map { site.link(.metric($0), $0) }),
                ]
            })
    }

    static func severity(of alert: CompiledAlert) -> HTML {
        let severity = alert.labels.first { $0.name == "severity" }?.text ?? ""
        return .element("span", [.class("badge severity"), .set("data-severity", severity)]) { severity }
    }
}
