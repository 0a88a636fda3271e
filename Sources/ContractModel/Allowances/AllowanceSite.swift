/// A part of the manifest that may have an `allow`, or that contains such parts.
struct AllowanceSite: Sendable {
    /// The kind of the part in diagnostics, without its name; `nil` if it has no `allow`.
    var kind: String?
    /// Parts below this one, by their keys.
    var members: [String: AllowanceSite] = [:]
    /// The part below each other key; empty where there is none.
    var others: [AllowanceSite] = []

    static func each(_ kind: String, members: [String: AllowanceSite] = [:]) -> AllowanceSite {
        AllowanceSite(others: [AllowanceSite(kind: kind, members: members)])
    }

    /// The whole manifest.
    static let manifest = AllowanceSite(
        kind: "the contract",
        members: [
            "topic_defaults": AllowanceSite(kind: "'topic_defaults'"),
            "topics": .each("the topic"),
            "messages": .each(
                "the message",
                members: [
                    "headers": .each("the header"), "envelope": .each("the envelope's property"),
                    "events": .each("the event"),
                ]),
            "metrics": AllowanceSite(members: ["families": .each("the metric family")]),
            "alerts": AllowanceSite(members: ["rules": .each("the alert")]),
        ])
}
