import JSONTape
import SchemaCompiler

/// An emitter of the rules of a message's events, beyond its schema.
struct EventRuleEmitter {
    let rules: EventRules

    /// Returns the names of the functions that the rules of many events are split into.
    static func partNames(_ rules: EventRules) -> [String] {
        guard Width.isWide(rules.rules.count) else { return [] }
        return Width.parts(of: rules.rules.count).indices.map { "checkEventPart\($0 + 1)" }
    }

    func emit(to writer: inout SourceWriter) {
        if Width.isWide(rules.rules.count) {
            emitParts(to: &writer)
        } else {
            emitStraight(to: &writer)
        }
    }

    private func emitStraight(to writer: inout SourceWriter) {
        emitFunction("checkEvent", to: &writer) { writer in
            emitObjects(to: &writer)
            guard let discriminator = rules.discriminator else {
                for rule in rules.rules { emitDemands(of: rule, to: &writer) }
                return
            }
            emitDiscriminator(discriminator, to: &writer)
            writer.line("switch tape.count(at: event) {")
            for rule in rules.rules {
                writer.line(
                    "case \(rule.event.utf8.count) where tape.string(at: event, is: \(SwiftLiteral.string(rule.event))):"
                )
                emit(rule, to: &writer)
            }
            writer.line("default:")
            writer.indented { $0.line("return true") }
            writer.line("}")
        }
    }

    /// Writes the parts of the rules. The names of many events are in a table.
    private func emitParts(to writer: inout SourceWriter) {
        guard let discriminator = rules.discriminator else { return }
        let parts = Array(zip(Self.partNames(rules), Width.parts(of: rules.rules.count)))
        emitFunction("checkEvent", to: &writer) { writer in
            for parent in parents where parent.tokens.count < discriminator.tokens.count {
                if discriminator.isAtOrBelow(parent) { emitObject(parent, to: &writer) }
            }
            emitDiscriminator(discriminator, to: &writer)
            writer.line("guard let rule = eventNames.position(of: event, in: tape) else { return true }")
            writer.line("return switch rule {")
            for (name, part) in parts {
                let pattern = part.upperBound < rules.rules.count ? "case ..<\(part.upperBound)" : "default"
                writer.line("\(pattern): \(name)(rule, tape, at: node, &report)")
            }
            writer.line("}")
        }
        writer.line()
        writer.array(
            "private static let eventNames = NameTable(", rules.rules.map { SwiftLiteral.string($0.event) }, tail: ")")
        for (name, part) in parts {
            writer.line()
            emitFunction(name, parameter: "_ rule: Int, ", to: &writer) { writer in
                emitObjects(to: &writer)
                writer.line("switch rule {")
                for position in part {
                    writer.line("case \(position):")
                    emit(rules.rules[position], to: &writer)
                }
                writer.line("default:")
                writer.indented { $0.line("return true") }
                writer.line("}")
            }
        }
    }

    private func emitFunction(
        _ name: String, parameter: String = "", to writer: inout SourceWriter, body: (inout SourceWriter) -> Void
    ) {
        writer.line("private static func \(name)<Report: ValidationReport>(")
        writer.indented { writer in
            writer.line("\(parameter)_ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout Report")
        }
        writer.block(") -> Bool", body)
    }

    private func emitObjects(to writer: inout SourceWriter) {
        writer.constant("let events = ", location)
        for parent in parents { emitObject(parent, to: &writer) }
    }

    private func emitObject(_ parent: JSONPointer, to writer: inout SourceWriter) {
        writer.line(
            "let \(variable(parent)) = tape.member(named: "
                + "\(SwiftLiteral.string(parent.tokens.last ?? "")), of: \(variable(parent.parent)))")
    }

    private func emitDiscriminator(_ discriminator: JSONPointer, to writer: inout SourceWriter) {
        writer.line(
            "guard let event = tape.member(named: \(SwiftLiteral.string(discriminator.tokens.last ?? "")), "
                + "of: \(variable(discriminator.parent))) else { return true }")
    }

    /// The maximum number of conditions in one expression: the compiler's time grows faster than its length.
    private static let mostInExpression = 8

    private func emit(_ rule: EventRules.Rule, to writer: inout SourceWriter) {
        writer.indented { emitDemands(of: rule, to: &$0) }
    }

    private func emitDemands(of rule: EventRules.Rule, to writer: inout SourceWriter) {
        let demands =
            rule.fixed.map { demand($0, of: rule) } + rule.required.map { demand($0, of: rule) }
            + rule.forbidden.map { demand(no: $0, of: rule) }
        guard demands.count <= Self.mostInExpression else {
            for demand in demands {
                writer.line("guard")
                writer.indented { $0.call("report.require", demand.arguments, last: demand.location) }
                writer.line("else { return false }")
            }
            writer.line("return true")
            return
        }
        for (index, demand) in demands.enumerated() {
            if index == 0 {
                writer.call("return report.require", demand.arguments, last: demand.location)
            } else {
                writer.indented { $0.call("&& report.require", demand.arguments, last: demand.location) }
            }
        }
    }

    /// The arguments of a call that requires something.
    private struct Demand {
        var arguments: [String]
        var location: String
    }

    private func demand(_ fixed: EventRules.Rule.Fixed, of rule: EventRules.Rule) -> Demand {
        let value =
            if case .string(let text) = fixed.value {
                "toBe: \(SwiftLiteral.string(text))"
            } else {
                "toEqual: \(fixed.value.jsonText)"
            }
        return Demand(
            arguments: place(of: fixed.pointer) + [value],
            location: "by: events + \(SwiftLiteral.string(rule.place + "/fixed"))")
    }

    private func demand(_ required: JSONPointer, of rule: EventRules.Rule) -> Demand {
        Demand(
            arguments: place(of: required),
            location: "by: events + \(SwiftLiteral.string(rule.place + "/requires"))")
    }

    private func demand(no forbidden: JSONPointer, of rule: EventRules.Rule) -> Demand {
        var arguments = place(of: forbidden)
        arguments[0] = "no: " + arguments[0]
        return Demand(arguments: arguments, location: "by: events + \(SwiftLiteral.string(rule.place + "/forbids"))")
    }

    private func place(of pointer: JSONPointer) -> [String] {
        [SwiftLiteral.string(pointer.tokens.last ?? ""), "in: \(variable(pointer.parent))", "of: tape"]
    }

    private var location: String {
        guard let rule = rules.rules.first else { return "" }
        return String(rule.location.dropLast(rule.place.count))
    }

    /// The objects that hold what is examined, outer ones first.
    private var parents: [JSONPointer] {
        let looked =
            [rules.discriminator].compactMap(\.self)
            + rules.rules.flatMap { $0.fixed.map(\.pointer) + $0.required + $0.forbidden }
        var parents: [JSONPointer] = []
        for pointer in looked {
            for length in 1..<max(pointer.tokens.count, 1) {
                let parent = JSONPointer(tokens: Array(pointer.tokens.prefix(length)))
                if !parents.contains(parent) { parents.append(parent) }
            }
        }
        return parents.sorted { ($0.tokens.count, $0.description) < ($1.tokens.count, $1.description) }
    }

    private func variable(_ parent: JSONPointer) -> String {
        guard !parent.tokens.isEmpty else { return "node" }
        let name = SwiftName.member(parent.tokens.joined(separator: "_"))
        return ["tape", "node", "report", "events", "event"].contains(name)
            ? name + "Object" : SwiftName.escaped(name)
    }
}

extension EventRules.Rule {
    /// The end of its location that is its own: `/job.completed`.
    fileprivate var place: String { JSONPointer(tokens: [event]).description }
}

extension JSONPointer {
    fileprivate func isAtOrBelow(_ other: JSONPointer) -> Bool { tokens.starts(with: other.tokens) }
}
