import ContractModel
import JSONSchema
import JSONTape
import Patterns
import SchemaCompiler

/// Checks the patterns of a message's headers and envelope.
struct PatternChecks {
    private let message: CompiledMessage
    private let model: SchemaModel
    /// The names of the contract's programs.
    private let services: [String]

    init(_ message: CompiledMessage, _ contract: CompiledContract) {
        self.message = message
        model = contract.model
        services = [contract.contract.service.value] + contract.contract.services.map(\.name.value)
    }

    func check(_ proofs: inout SchemaProofs, diagnostics: inout Diagnostics) {
        for rule in message.envelope {
            checkPossible(rule, &proofs, diagnostics: &diagnostics)
            MomentLimits.check(rule, diagnostics: &diagnostics)
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

    /// A choice of a program about the texts of its patterns.
    private struct Assumption {
        var ids: PatternTexts.Ids
        /// Whether `{service}` is one of the contract's services.
        var hasDeclaredService = false
        /// The words of a message for the assumption.
        var words = ""
    }

    /// The assumptions by which a pattern may have no valid text, the weakest first.
    private static let assumptions = [
        Assumption(ids: .any), Assumption(ids: .uuids, words: "with the UUIDs that producers make as {id}, "),
        Assumption(ids: .any, hasDeclaredService: true, words: "with the contract's services as {service}, "),
        Assumption(
            ids: .uuids, hasDeclaredService: true,
            words: "with the UUIDs that producers make as {id} and the contract's services as {service}, "),
    ]

    /// Reports a pattern none of whose strings is valid by the schema of its property.
    private func checkPossible(
        _ rule: CompiledEnvelopeRule, _ proofs: inout SchemaProofs, diagnostics: inout Diagnostics
    ) {
        guard let schema = rule.property.properties.last?.schema, rule.property.type.isString else { return }
        let conditions = StringConditions(ValueFacts(model, schema))
        // One search is enough for nearly all patterns: with UUIDs and declared services, they have the fewest strings.
        guard let narrowest = Self.assumptions.last,
            conflict(of: rule, narrowest, conditions, schema, &proofs) != nil
        else { return }
        for assumption in Self.assumptions {
            guard let conflict = conflict(of: rule, assumption, conditions, schema, &proofs) else { continue }
            diagnostics.append(
                Diagnostic(
                    assumption.words.isEmpty ? .error : .warning, .impossiblePattern, at: rule.pattern.location,
                    "\(assumption.words)no text of this pattern is valid for '\(rule.property.pointer)': \(conflict)",
                    hint: "change the pattern, or the property's schema"))
            return
        }
    }

    /// Returns the conditions of a property that no text of its pattern satisfies; `nil` where some text may.
    private func conflict(
        of rule: CompiledEnvelopeRule, _ assumption: Assumption, _ conditions: StringConditions,
        _ schema: SchemaModel.NodeID, _ proofs: inout SchemaProofs
    ) -> String? {
        let texts = PatternTexts(
            message, model, ids: assumption.ids, services: assumption.hasDeclaredService ? services : nil)
        let expression = texts.expression(of: rule.pattern)
        if !conditions.isFulfilled(bySomeTextOf: expression), let conflict = conditions.conflict(with: expression) {
            return conflict
        }
        let keywords = combinations(in: schema)
        guard !keywords.isEmpty, proofs.isEmpty(schema, matching: expression), !proofs.isEmpty(schema) else {
            return nil
        }
        return "\(Suggestion.list(keywords)) \(keywords.count == 1 ? "excludes" : "exclude") it"
    }

    /// Returns the keywords by which a schema applies others to its value.
    private func combinations(in schema: SchemaModel.NodeID) -> [String] {
        var keywords: [String] = []
        for assertion in ValueFacts(model, schema).nodes.flatMap({ model[$0].assertions }) {
            switch assertion.kind {
            case .not, .any, .one, .ifThenElse:
                let keyword = "'\(assertion.keyword.tokens.last ?? "")'"
                if !keywords.contains(keyword) { keywords.append(keyword) }
            default: continue
            }
        }
        return keywords
    }

    // MARK: Ids

    /// The names of properties that identify one message, without separators and in lower case.
    private static let identifiers: Set<String> = [
        "id", "uuid", "guid", "uid", "ulid", "nonce", "idempotencykey", "deduplicationid", "dedupid", "messageid",
        "msgid", "eventid", "recordid", "messageuuid", "eventuuid",
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
                if path.pointer == message.declaration.discriminator?.value {
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
