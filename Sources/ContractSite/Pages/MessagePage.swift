import ContractExchange
import ContractModel
import JSONTape
import MonitoringGenerator
import SchemaCompiler

/// The page of a message.
struct MessagePage {
    let site: Site
    let message: CompiledMessage

    /// The most events that a page shows in full, and the longest example.
    private static let mostEvents = 40
    private static let longestExample = 8_000

    func page() -> Page {
        Page(
            name: site.pages[.message(message.name)], title: message.name, kind: "Message", section: .messages,
            body: body)
    }

    private var body: HTML {
        .group {
            Parts.description(message.declaration.summary)
            facts
            events
            fields
            record
            usage
        }
    }

    private var facts: HTML {
        let topic = message.topic.declaration
        return Parts.facts([
            ("Topic", site.link(.topic(topic.key.value), topic.name)),
            ("Sent by", site.services(topic.producers)),
            ("Received by", site.services(topic.consumers)),
            (
                "Key",
                message.recordKey.map { .code($0.pointer.description) }
                    ?? .text("none: records are spread over all partitions")
            ),
            ("Identified by", .text(identification)),
            ("Encrypted", encryption),
            ("Schema", .code(message.declaration.schema.value)),
            ("Compatibility", .text(message.declaration.compatibility.level.rawValue)),
            (
                "Counted by",
                .joined((site.relations.familiesByMessage[message.name] ?? []).map { site.link(.metric($0), $0) })
            ),
        ])
    }

    /// The categories of the message's sensitive values, each with its scheme and key.
    private var encryption: HTML {
        guard let protection = message.protection else { return HTML() }
        return .joined(
            zip(protection.graph.categories, protection.keys).map { category, keys in
                .group {
                    Parts.badge(category, "badge sensitive")
                    " "
                    keys.map { "\($0.scheme.rawValue), key \($0.name)" } ?? "sent in clear"
                }
            }, by: "; ")
    }

    private var identification: String {
        switch message.identification {
        case .property(let pointer, _): "the property \(pointer)"
        case .header(let name, _): "the header \(name)"
        case .topic: "the topic alone"
        }
    }

    // MARK: Events

    private var events: HTML {
        Parts.section("Events", id: "events") {
            if message.protection?.encrypts == true {
                HTML.element("p", [.class("hint")]) {
                    "Examples show plain values. A producer replaces encrypted ones by tokens."
                }
            }
            for event in message.events.prefix(Self.mostEvents) { self.event(event) }
            if message.events.count > Self.mostEvents {
                HTML.element("p") {
                    "And \(message.events.count - Self.mostEvents) more: "
                    HTML.joined(
                        message.events.dropFirst(Self.mostEvents).prefix(500).map {
                            HTML.code($0.declaration.name.value)
                        })
                }
            }
        }
    }

    private func event(_ event: CompiledEvent) -> HTML {
        let name = event.declaration.name.value
        let example = site.examples[message.name].first { $0.event == name }?.value
        let usage = SwiftUsage(message: message, contract: site.contract.name.value)
        return .element(
            "details", [.class("event")] + (message.events.first?.caseName == event.caseName ? [.flag("open")] : [])
        ) {
            HTML.element("summary") {
                HTML.code(name)
                if let summary = event.declaration.summary {
                    HTML.element("span", [.class("summary")]) { Markdown.summary(summary) }
                }
            }
            Parts.facts([
                ("Requires", .joined(event.required.map { .code($0.pointer.description) })),
                (
                    "Fixes",
                    .joined(
                        event.declaration.fixed.map { .code("\($0.property.value) = \($0.value.jsonValue.jsonText)") })
                ),
                ("Forbids", .joined(event.forbidden.map { .code($0.pointer.description) })),
            ])
            HTML.element("div", [.class("pair")]) {
                HTML.element("div") {
                    HTML.element("h3") { "Example" }
                    if let example {
                        Parts.code(Self.pretty(example), label: "Example of \(name)")
                    } else {
                        HTML.paragraph("No valid example could be made from the schema.")
                    }
                }
                HTML.element("div") {
                    HTML.element("h3") { "Send it" }
                    Parts.code(usage.sending(event, example), label: "Swift that sends \(name)")
                }
            }
        }
    }

    private static func pretty(_ value: JSONValue) -> String {
        let text = PrettyJSON.text(value)
        return text.utf8.count <= longestExample ? text : text.prefix(longestExample) + "\n…"
    }

    // MARK: Fields

    private var fields: HTML {
        let tree = FieldTree(message, site)
        let showsVersion = site.history != nil
        let showsText = tree.fields.contains { !$0.description.isEmpty }
        return Parts.section("Fields", id: "fields") {
            Parts.table(
                "Fields",
                ["Field", "Type", "Rules"] + (showsText ? ["Description"] : []) + (showsVersion ? ["Since"] : []),
                tree.fields.map { field in
                    [name(field), .text(field.type), rules(field)] + (showsText ? [description(field)] : [])
                        + (showsVersion ? [.text(site.history?.version(of: field.path, in: message.name) ?? "")] : [])
                })
            if tree.isCut { HTML.paragraph("The message has more fields than are shown.") }
        }
    }

    private func name(_ field: Field) -> HTML {
        .element("span", [.class("field"), .set("data-depth", min(field.depth, 8))]) {
            HTML.code(field.name)
            if field.isRequired {
                HTML.element("span", [.class("required"), .set("title", "required")]) { "required" }
            }
            if let category = field.sensitivity { Parts.badge(category, "badge sensitive") }
            if field.isDeprecated { Parts.badge("deprecated", "badge deprecated") }
        }
    }

    private func rules(_ field: Field) -> HTML {
        .group {
            if !field.values.isEmpty {
                HTML.element("span", [.class("values")]) {
                    HTML.joined(field.values.map { HTML.code(String($0.prefix(200))) }, by: " ")
                }
            }
            if !field.limits.isEmpty { Markdown.inline(field.limits.joined(separator: "; ")) }
            if let value = field.defaultValue {
                HTML.element("span", [.class("default")]) {
                    "default "
                    HTML.code(String(value.prefix(200)))
                }
            }
        }
    }

    private func description(_ field: Field) -> HTML {
        field.description.isEmpty ? HTML() : Markdown.html(field.description.joined(separator: "\n\n"))
    }

    // MARK: Record and Swift

    private var record: HTML {
        let headers = message.declaration.headers
        let envelope = message.declaration.envelope
        return Parts.section("Record", id: "record") {
            if headers.isEmpty {
                HTML.paragraph("The record has no headers of the contract.")
            } else {
                Parts.table(
                    "Headers", ["Header", "Value"],
                    headers.map { [.code($0.name.value), .code($0.value.value)] })
            }
            if !envelope.isEmpty {
                HTML.element("h3") { "Filled by the producer" }
                Parts.table(
                    "Envelope", ["Property", "Pattern"],
                    envelope.map { [.code($0.property.value.description), .code($0.value.value)] })
            }
        }
    }

    private var usage: HTML {
        Parts.section("Read it", id: "read") {
            Parts.code(
                SwiftUsage(message: message, contract: site.contract.name.value).reading,
                label: "Swift that reads \(message.name)")
        }
    }
}
