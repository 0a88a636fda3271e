import ContractModel
import JSONTape
import SchemaCompiler

/// An emitter of the function that fills a message's envelope, and of the placeholders that an unstamped message has
/// there.
struct EnvelopeEmitter {
    let message: CompiledMessage

    /// Returns the body of `stamp(_:with:)`.
    func emit() -> String {
        var writer = SourceWriter(depth: 2)
        for rule in message.envelope {
            let target = "message.\(rule.property.expression) ="
            if let value = value(of: rule) {
                writer.line("\(target) \(value)")
            } else {
                let isConstant = rule.pattern.parts.allSatisfy { if case .text = $0 { true } else { false } }
                writer.literal(
                    target, rule.pattern.parts.flatMap(pieces), call: isConstant ? "" : "String(stamped: ")
            }
        }
        return writer.text
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
            path.type.text("message." + path.expression)
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
            return ["\\(\(path.type.interpolated("message." + path.expression)))"]
        }
    }

    private func isFilled(_ path: PropertyPath) -> Bool {
        message.envelope.contains { $0.property.pointer == path.pointer }
    }
}
