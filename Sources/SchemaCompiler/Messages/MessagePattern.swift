package import ContractModel
import JSONTape

/// A string with placeholders, which is made again for each message: `job-{payload.job_id}-{now.ms}`.
package struct MessagePattern: Sendable {
    package enum Part: Sendable {
        case text(String)
        /// `{now}`: the time.
        case now
        /// `{now.ms}`: the time as milliseconds since 1970.
        case nowMilliseconds
        /// `{id}`: a new id, the same throughout one message.
        case id
        /// `{service}`: the service that makes the message.
        case service
        /// `{event}`: the name of the message's event.
        case event
        /// `{payload.job_id}`: a property of the message.
        case property(PropertyPath)
    }

    package var parts: [Part]
    package var location: SourceLocation

    /// Whether the text depends on when and where the message is sent.
    package var isStamped: Bool {
        parts.contains { part in
            switch part {
            case .now, .nowMilliseconds, .id, .service: true
            case .text, .event, .property: false
            }
        }
    }

    /// The text of a pattern without placeholders.
    package var constant: String? {
        switch parts.count {
        case 0: return ""
        case 1: if case .text(let text) = parts[0] { return text }
        default: break
        }
        return nil
    }

    /// The properties that the pattern's text is made from.
    package var properties: [PropertyPath] {
        parts.compactMap { part in
            if case .property(let path) = part { path } else { nil }
        }
    }
}

/// A reader of patterns, which finds the properties that they name in a message's types.
struct PatternReader {
    let resolver: PropertyResolver
    /// The property whose value is the event, which a resolver does not know where each case of a union has its own.
    let discriminator: JSONPointer?

    private static let builtIns = ["now", "now.ms", "id", "service", "event"]

    /// Parses a pattern, in which `{{` and `}}` are literal braces.
    func read(_ source: Located<String>, diagnostics: inout Diagnostics) -> MessagePattern? {
        var parts: [MessagePattern.Part] = []
        var text = ""
        var rest = Substring(source.value)
        var isValid = true
        while let character = rest.first {
            rest = rest.dropFirst()
            if rest.first == character, character == "{" || character == "}" {
                text.append(character)
                rest = rest.dropFirst()
            } else if character == "{" {
                guard let end = rest.firstIndex(of: "}") else {
                    diagnostics.error(
                        .placeholder, at: source.location, "a '{' has no '}' in \"\(source.value)\"",
                        hint: "write a literal brace twice")
                    return nil
                }
                if !text.isEmpty { parts.append(.text(text)) }
                text = ""
                if let part = part(String(rest[..<end]), at: source.location, diagnostics: &diagnostics) {
                    parts.append(part)
                } else {
                    isValid = false
                }
                rest = rest[rest.index(after: end)...]
            } else if character == "}" {
                diagnostics.error(
                    .placeholder, at: source.location, "a '}' has no '{' in \"\(source.value)\"",
                    hint: "write a literal brace twice")
                return nil
            } else {
                text.append(character)
            }
        }
        if !text.isEmpty { parts.append(.text(text)) }
        return isValid ? MessagePattern(parts: parts, location: source.location) : nil
    }

    private func part(
        _ name: String, at location: SourceLocation, diagnostics: inout Diagnostics
    ) -> MessagePattern.Part? {
        switch name {
        case "now": return .now
        case "now.ms": return .nowMilliseconds
        case "id": return .id
        case "service": return .service
        case "event": return .event
        default: break
        }
        let pointer = JSONPointer(tokens: name.split(separator: ".", omittingEmptySubsequences: false).map(String.init))
        guard resolver.isComplete(at: pointer) else { return nil }
        guard let path = resolver.resolve(pointer) else {
            if pointer == discriminator { return .event }
            let known = Self.builtIns + resolver.scalarPaths
            // As of `{ id }` or `{/payload/id}`.
            let plain = name.filter { $0 != " " }.split(separator: "/").joined(separator: ".")
            let meant = known.first { $0 == plain } ?? Suggestion.nearest(to: name, among: known)
            diagnostics.error(
                .placeholder, at: location, "unknown placeholder '{\(name)}'",
                hint: meant.map { "did you mean '{\($0)}'?" }
                    ?? "expected {now}, {now.ms}, {id}, {service}, {event}, or a property such as {\(known.last ?? "payload.id")}"
            )
            return nil
        }
        guard path.type.isScalar else {
            diagnostics.error(
                .placeholder, at: location, "'{\(name)}' is \(path.type.summary), which has no text",
                hint: "name a string, a number, a boolean, a timestamp, a date, a UUID or a URL")
            return nil
        }
        return .property(path)
    }
}
