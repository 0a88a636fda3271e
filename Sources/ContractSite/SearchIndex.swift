import ContractGenerator
import ContractModel
import JSONTape
import MetricsCompiler
import MonitoringCompiler
import SchemaCompiler

/// The list of all subjects with their descriptions, which the pages' script searches.
struct SearchIndex {
    let site: Site

    private static let longestText = 200

    func file() -> GeneratedFile {
        let lines = entries.map { entry in
            JSONValue.array([.string(entry.name), .string(entry.kind), .string(entry.page), .string(entry.text)])
                .jsonText
                // As the text of a script, should a page ever include it.
                .replacing("<", with: "\\u003c").replacing("\u{2028}", with: "\\u2028").replacing(
                    "\u{2029}", with: "\\u2029")
        }
        return GeneratedFile(
            name: PageShell.indexName,
            contents: "/* \(GeneratedFile.words). Do not edit: change the contract, and generate again. */\n"
                + "window.catalogIndex = [\n" + lines.joined(separator: ",\n") + "\n];\n")
    }

    private typealias Entry = (name: String, kind: String, page: String, text: String)

    private var entries: [Entry] {
        var entries: [Entry] = []
        func add(_ name: String, _ kind: String, _ page: String, _ text: String?) {
            entries.append((name, kind, page, String(Markdown.summary(text ?? "").prefix(Self.longestText))))
        }
        for topic in site.compiled.topics {
            let declaration = topic.declaration
            add(declaration.name, "topic", site.pages[.topic(declaration.key.value)], declaration.purpose)
        }
        for message in site.compiled.messages {
            let page = site.pages[.message(message.name)]
            add(message.name, "message", page, message.declaration.summary)
            for event in message.events {
                add(event.declaration.name.value, "event", page + "#events", event.declaration.summary)
            }
            for (name, text) in fields(of: message) { add(name, "field of \(message.name)", page + "#fields", text) }
        }
        for service in site.contract.services {
            add(service.name.value, "service", site.pages[.service(service.name.value)], service.summary)
        }
        for family in site.families {
            add(family.name, "metric", site.pages[.metric(family.name)], family.declaration.help.value)
        }
        for alert in site.alerts {
            add(
                alert.name, "alert", site.pages[.alert(alert.name)],
                alert.annotations.first { $0.name == "summary" }?.text)
        }
        return entries
    }

    private func fields(of message: CompiledMessage) -> [(name: String, text: String?)] {
        FieldTree(message, site).fields.filter {
            $0.name.first != "[" && $0.name.first != "{" && !$0.name.hasPrefix("or ")
        }
        .map { ($0.path, $0.description.first) }
    }
}
