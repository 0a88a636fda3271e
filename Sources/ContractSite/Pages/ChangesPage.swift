import ContractEvolution
import JSONTape
import MonitoringGenerator

/// The page of changes from earlier versions.
struct ChangesPage {
    let history: SiteHistory

    private static let mostChanges = 300

    func page() -> Page {
        Page(name: Section.changes.page, title: "Changes", section: .changes, body: body)
    }

    private var body: HTML {
        .group {
            for (index, step) in history.steps.enumerated() {
                Parts.section("\(step.from) → \(step.to)", id: "step-\(index + 1)") {
                    HTML.paragraph(step.report.summary + ".")
                    for change in Self.sorted(step.report.changes).prefix(Self.mostChanges) { self.change(change) }
                    if step.report.changes.count > Self.mostChanges {
                        HTML.paragraph("And \(step.report.changes.count - Self.mostChanges) more.")
                    }
                }
            }
        }
    }

    /// Breaking changes first.
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
                HTML.element("strong") { change.message }
                " "
                HTML.code(change.rule.rawValue)
            }
            if !change.affected.isEmpty {
                HTML.element("ul") {
                    for affected in change.affected.sorted() { HTML.element("li") { affected.phrase + "." } }
                }
            }
            for note in change.notes { HTML.element("p", [.class("hint")]) { note } }
            for example in change.counterexamples.sorted(by: { $0.key < $1.key }) {
                HTML.element("p", [.class("hint")]) { example.key.counterexamplePhrase + ":" }
                Parts.code(PrettyJSON.text(example.value), label: "A message that breaks")
            }
        }
    }
}
