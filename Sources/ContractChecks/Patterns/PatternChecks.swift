import ContractModel
import JSONSchema
import JSONTape
import Patterns
import SchemaCompiler

/// Checks the patterns of a message's headers and envelope.
struct PatternChecks {
    private let message: CompiledMessage
    private let model: SchemaModel

    init(_ message: CompiledMessage, _ contract: CompiledContract) {
        self.message = message
        model = contract.model
    }

    mutating func check(diagnostics: inout Diagnostics) {
        for rule in message.envelope {
            checkPossible(rule, diagnostics: &diagnostics)
            checkIdentifier(rule, diagnostics: &diagnostics)
        }
        let texts = LiteralTextChecks(resolver: message.resolver)
        for pattern in message.envelope.map(\.pattern) + message.headers.map(\.pattern) {
            texts.check(pattern, diagnostics: &diagnostics)
        }
        for event in message.declaration.events {
            for fixed in event.fixed {
                guard case .string(let text) = fixed.value.content else { continue }
                texts.checkFixed(text, at: fixed.value.location, diagnostics: &diagnostics)
            }
        }
    }

    // MARK: Strings that the schema does not allow

    /// Reports a pattern none of whose strings is valid by the schema of its property.
    private func checkPossible(_ rule: CompiledEnvelopeRule, diagnostics: inout Diagnostics) {
        guard let schema = rule.property.properties.last?.schema, rule.property.type.isString else { return }
        let conditions = StringConditions(ValueFacts(model, schema))
        // One search is enough for nearly all patterns: with UUIDs, they have the fewest strings.
        let narrowest = PatternTexts(message, model, ids: .uuids).expression(of: rule.pattern)
        guard !conditions.isFulfilled(bySomeTextOf: narrowest) else { return }
        // With any ids, and with those that producers make by default.
        for (texts, severity) in [(PatternTexts.Ids.any, Diagnostic.Severity.error), (.uuids, .warning)] {
            let expression = PatternTexts(message, model, ids: texts).expression(of: rule.pattern)
            guard let conflict = conditions.conflict(with: expression) else { continue }
            let ids = severity == .warning ? "with the UUIDs that producers make as {id}, " : ""
            diagnostics.append(
                Diagnostic(
                    severity, .impossiblePattern, at: rule.pattern.location,
                    "\(ids)no text of this pattern is valid for '\(rule.property.pointer)': \(conflict)",
                    hint: "change the pattern, or the property's schema"))
            return
        }
    }

    // MARK: Ids

    /// The names of properties that identify one message, without separators and in lower case.
    private static let identifiers: Set<String> = [
        "id", "uuid", "guid", "messageid", "msgid", "eventid", "recordid", "messageuuid", "eventuuid",
    ]

    /// Reports the id of a message that is the same for several messages.
    private func checkIdentifier(_ rule: CompiledEnvelopeRule, diagnostics: inout Diagnostics) {
        let name = (rule.property.pointer.tokens.last ?? "").lowercased().filter { $0 != "_" && $0 != "-" }
        guard Self.identifiers.contains(name), rule.property.pointer.tokens.count <= 2 else { return }
        var hasTime = false
        var hasProperty = false
        var hasEvent = message.events.count <= 1
        for part in rule.pattern.parts {
            switch part {
            case .id: return
            case .now, .nowMilliseconds: hasTime = true
            case .event: hasEvent = true
            case .property(let path):
                // The id may be made of another property that the envelope fills.
                if message.envelope.contains(where: { $0.property.pointer == path.pointer && $0.pattern.isUnique }) {
                    return
                }
                if path.pointer == message.discriminator?.pointer {
                    hasEvent = true
                } else if !path.type.isEnumeration {
                    hasProperty = true
                }
            case .text, .service: break
            }
        }
        if hasProperty, hasTime || hasEvent { return }
        let reason =
            if hasProperty {
                "its events share the id"
            } else if hasTime {
                "messages of the same instant share the id"
            } else {
                "all messages share the id"
            }
        diagnostics.warning(
            .repeatedID, at: rule.pattern.location,
            "'\(rule.property.pointer)' identifies a message, but \(reason)", hint: "add {id} to the pattern")
    }
}

extension SwiftType {
    fileprivate var isString: Bool {
        switch self {
        case .string: true
        case .optional(let inner), .nullable(let inner): inner.isString
        default: false
        }
    }

    fileprivate var isEnumeration: Bool {
        if case .enumeration = self { true } else { false }
    }
}
