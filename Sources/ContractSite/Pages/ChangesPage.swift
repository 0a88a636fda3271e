import ContractEvolution
import ContractModel
import JSONTape
import MonitoringGenerator
import SchemaCompiler

/// The page of changes from earlier versions.
struct ChangesPage {
    let site: Site
    let history: SiteHistory

    private static let mostChanges = 300

    func page() -> Page {
        Page(name: Section.changes.page, title: "Changes", section: .changes, body: body)
    }

    private var body: HTML {
        .group {
            for (index, step) in history.steps.enumerated() {
                Parts.section(
                    step.from == step.to ? "Since \(step.from)" : "\(step.from) → \(step.to)", id: "step-\(index + 1)"
                ) {
                    HTML.paragraph(step.report.summary + ".")
                    for change in Self.sorted(step.report.changes).prefix(Self.mostChanges) { self.change(change) }
                    if step.report.changes.count > Self.mostChanges {
                        HTML.paragraph("And \(step.report.changes.count - Self.mostChanges) more.")
                    }
                }
            }
        }
    }

    private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    private static func sentence(_ text: String) -> String { capitalized(text) + "." }

    /// Returns the services that send or receive what changes.
    private func services(of change: Change) -> HTML {
        let subject = Self.subject(of: change)
        let message = site.compiled.messages.first { $0.name == subject }
        let topic =
            message?.topic.declaration ?? site.compiled.topics.map(\.declaration).first { $0.key.value == subject }
        guard let topic, !(topic.producers + topic.consumers).isEmpty else { return HTML() }
        return .element("p") {
            "Services: "
            HTML.joined(topic.producers.map { site.link(.service($0.value), $0.value) })
            topic.producers.isEmpty ? "none sends" : topic.producers.count == 1 ? " sends" : " send"
            ", "
            HTML.joined(topic.consumers.map { site.link(.service($0.value), $0.value) })
            topic.consumers.isEmpty ? "none receives" : topic.consumers.count == 1 ? " receives" : " receive"
            "."
        }
    }

    /// Returns the name of what changes: a message, a topic, a metric or an alert; empty for the contract.
    private static func subject(of change: Change) -> String {
        String(change.place.prefix { $0 != "/" && $0 != ":" })
    }

    /// Returns the name of what changes, with a link to its page where it has one.
    private func subject(of change: Change) -> HTML {
        let name = Self.subject(of: change)
        let topic = site.compiled.topics.first { $0.declaration.key.value == name }?.declaration
        for (subject, text) in [
            (Subject.message(name), name), (.topic(name), topic?.name ?? name), (.metric(name), name),
            (.alert(name), name),
        ] where site.pages.has(subject) { return site.link(subject, text) }
        return name.isEmpty ? HTML() : .code(name)
    }

    /// Sorts changes, breaking ones first.
    private static func sorted(_ changes: [Change]) -> [Change] {
        let order: [Change.Severity] = [.error, .warning, .note]
        return order.flatMap { severity in changes.filter { $0.severity == severity } }
    }

    private func change(_ change: Change) -> HTML {
        .element("article", [.class("change"), .set("data-severity", change.severity.rawValue)]) {
            HTML.element("p") {
                Parts.badge(
                    change.severity == .error
                        ? "breaking" : change.severity == .warning ? "breaks somebody" : "compatible",
                    "badge verdict")
                " "
                subject(of: change)
                " "
                HTML.element("strong") { Self.capitalized(change.message) }
                " "
                HTML.code(change.rule.rawValue)
            }
            if !change.affected.isEmpty {
                HTML.element("ul") {
                    for affected in change.affected.sorted() { HTML.element("li") { Self.sentence(affected.phrase) } }
                }
                services(of: change)
            }
            for note in change.notes { HTML.element("p", [.class("hint")]) { Self.sentence(note) } }
            for example in change.counterexamples.sorted(by: { $0.key < $1.key }) {
                HTML.element("p", [.class("hint")]) { Self.capitalized(example.key.counterexamplePhrase) + ":" }
                Parts.code(PrettyJSON.text(example.value), label: "A message that breaks")
            }
        }
    }
}
