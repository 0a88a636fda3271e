import ContractModel
import JSONTape
import SchemaCompiler

/// An emitter of the function that fills a message's envelope, and of the placeholders that an unstamped message has
/// there.
struct EnvelopeEmitter {
    let message: CompiledMessage

    /// The case of a union that the function fills, whose value is `value`; `nil` outside of the union with the discriminator.
    private var variant: MessageVariant?

    init(message: CompiledMessage) {
        self.message = message
    }

    private init(_ message: CompiledMessage, in variant: MessageVariant) {
        self.message = message.form(in: variant)
        self.variant = variant
    }

    /// Returns the body of `stamp(_:with:)`.
    func emit() -> String {
        var writer = SourceWriter(depth: 2)
        guard let variants = message.variants else {
            write(message.envelope, to: &writer)
            return writer.text
        }
        write(message.envelope.filter { !variants.contains($0.property.pointer) }, to: &writer)
        let filled = variants.cases.map { variant in
            (variant, rules: variant.envelope.filter { variants.contains($0.property.pointer) })
        }
        guard filled.contains(where: { !$0.rules.isEmpty }) else { return writer.text }
        let union = "message" + (variants.property.map { "." + $0.expression } ?? "")
        writer.line("switch \(union) {")
        for (variant, rules) in filled {
            let name = SwiftName.escaped(variant.caseName)
            guard !rules.isEmpty else {
                writer.line("case .\(name): break")
                continue
            }
            writer.line("case .\(name)(var value):")
            writer.indented { writer in
                EnvelopeEmitter(message, in: variant).write(rules, to: &writer)
                writer.line("\(union) = .\(name)(value)")
            }
        }
        writer.line("}")
        return writer.text
    }

    /// Returns the expression for a property of the message.
    private func expression(of path: PropertyPath) -> String {
        guard variant != nil, let variants = message.variants, variants.contains(path.pointer) else {
            return "message." + path.expression
        }
        return "value." + variants.rest(of: path).expression
    }

    private func write(_ rules: [CompiledEnvelopeRule], to writer: inout SourceWriter) {
        for rule in rules {
            let target = "\(expression(of: rule.property)) ="
            if let value = value(of: rule) {
                writer.line("\(target) \(value)")
            } else {
                let isConstant = rule.pattern.parts.allSatisfy { if case .text = $0 { true } else { false } }
                writer.literal(
                    target, rule.pattern.parts.flatMap(pieces), call: isConstant ? "" : "String(stamped: ")
            }
        }
    }

    /// Returns the value of an envelope's property in an unstamped message; `nil` where the property may be absent.
    static func placeholder(for path: PropertyPath) -> String? {
        guard !path.isOptional else { return nil }
        return switch path.type {
        case .timestamp: "Timestamp(secondsSince1970: 0)"
        case .integer: "0"
        // The compiler lets patterns fill no other types.
        case .string, .double, .bool, .uuid, .date, .url, .enumeration, .value, .object, .array, .dictionary,
            .structure, .unsignedInteger, .exactNumber, .null, .optional, .nullable, .sensitive, .composite:
            "\"\""
        }
    }

    /// Returns the expression for a pattern with only one value; `nil` for a string with placeholders.
    private func value(of rule: CompiledEnvelopeRule) -> String? {
        guard rule.pattern.parts.count == 1 else { return nil }
        return switch (rule.pattern.parts[0], rule.property.type) {
        case (.now, .timestamp): "stamp.now"
        case (.nowMilliseconds, .integer): "Int(stamp.now.millisecondsSince1970)"
        case (.service, .string): "stamp.service"
        case (.id, .string): "stamp.id.text"
        case (.property(let path), .string) where path.type.hasPlainText && !isFilled(path):
            path.type.text(expression(of: path))
        default: nil
        }
    }

    /// Returns a part as it appears in a string literal: strings and interpolations, each of which stays in one line.
    private func pieces(of part: MessagePattern.Part) -> [String] {
        switch part {
        case .text(let text): return [SwiftLiteral.escaped(text)]
        case .now: return ["\\(stamp.now)"]
        case .nowMilliseconds: return ["\\(stamp.now.millisecondsSince1970)"]
        case .id: return ["\\(stamp.id)"]
        case .service: return ["\\(stamp.service)"]
        case .event: return ["\\(message.messageType.rawValue)"]
        case .property(let path):
            // The pattern in place of the property: no order of assignments matters then.
            if let rule = message.envelope.first(where: { $0.property.pointer == path.pointer }) {
                return rule.pattern.parts.flatMap(pieces)
            }
            return ["\\(\(path.type.interpolated(expression(of: path))))"]
        }
    }

    private func isFilled(_ path: PropertyPath) -> Bool {
        message.envelope.contains { $0.property.pointer == path.pointer }
    }
}
