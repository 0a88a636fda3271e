import JSONSchema
import JSONTape
import SchemaPlan

extension SchemaWalk {
    /// Returns the rule of a change of assertions, and the change in words.
    static func describe(
        _ removed: [Assertion.Kind], _ added: [Assertion.Kind], _ name: String
    ) -> (ChangeRule, String) {
        switch (removed.first, added.first) {
        case (.types(let old)?, .types(let new)?):
            return (.typeChanged, "the type of \(name) changed from \(old.phrase) to \(new.phrase)")
        case (nil, .types(let new)?): return (.typeChanged, "\(name) must now be \(new.phrase)")
        case (.types(let old)?, nil): return (.typeChanged, "\(name) need no longer be \(old.phrase)")
        case (.values(let old)?, .values(let new)?):
            let gained = new.filter { !old.contains($0) }.map { "'\($0.plain)'" }
            let lost = old.filter { !new.contains($0) }.map { "'\($0.plain)'" }
            var parts: [String] = []
            if !gained.isEmpty { parts.append("now allows \(gained.joined(separator: ", "))") }
            if !lost.isEmpty { parts.append("no longer allows \(lost.joined(separator: ", "))") }
            return (.valuesChanged, "\(name) \(parts.joined(separator: ", and "))")
        case (nil, .values(let new)?):
            return (.valuesChanged, "\(name) now allows only \(new.map { "'\($0.plain)'" }.joined(separator: ", "))")
        case (.values?, nil): return (.valuesChanged, "\(name) is no longer limited to certain values")
        default: break
        }
        let slot = (added.first ?? removed.first)?.slot ?? ""
        let (old, new) = (removed.first?.limitText, added.first?.limitText)
        switch (old, new) {
        case (let old?, let new?): return (.limitChanged, "'\(slot)' of \(name) changed from \(old) to \(new)")
        case (nil, let new?): return (.limitChanged, "'\(slot)' of \(name) was added: \(new)")
        case (let old?, nil): return (.limitChanged, "'\(slot)' of \(name) was removed: \(old)")
        case (nil, nil): break
        }
        let verb = removed.isEmpty ? "was added" : added.isEmpty ? "was removed" : "changed"
        return (.schemaChanged, "'\(slot)' of \(name) \(verb)")
    }
}

extension JSONValue {
    /// The value as a message names it: a string without quotes.
    fileprivate var plain: String {
        if case .string(let text) = self { text } else { jsonText }
    }
}
