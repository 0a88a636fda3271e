import ContractModel
import JSONTape
import SchemaCompiler

/// An emitter of a message's sensitive values, and of their encryption.
struct ProtectionEmitter {
    let message: CompiledMessage
    let contract: String

    /// Returns the property's declaration; `nil` where the message has no sensitive values.
    func emit() -> String? {
        guard let protection = message.protection else { return nil }
        var writer = SourceWriter(depth: 1)
        var arguments = [
            "contract: \(SwiftLiteral.string(contract))", "message: \(SwiftLiteral.string(message.name))",
            "fields: sensitiveFields", "rules: encryptionRules",
        ]
        if let marker = protection.marker { arguments.append("marker: \(Self.pointer(marker))") }
        if let id = protection.messageID { arguments.append("messageID: \(Self.pointer(id))") }
        writer.list(
            "\(message.access.modifier)static let protection: MessageProtection? = MessageProtection(", arguments,
            separator: ",", tail: ")")
        writer.line()
        writer.array("private static let encryptionRules: [EncryptionRule?] = ", protection.keys.map(Self.rule))
        writer.line()
        writer.line("private static let sensitiveFields = SensitiveFields(")
        writer.indented { writer in
            writer.line(
                "categories: [\(protection.graph.categories.map(SwiftLiteral.string).joined(separator: ", "))],")
            writer.line("nodes: [")
            writer.indented { writer in
                for node in protection.graph.nodes {
                    let members = node.members.map { "(\(SwiftLiteral.string($0.name)), \($0.node))" }
                    let others = Self.arguments(node)
                    if members.isEmpty {
                        writer.line("SensitiveFields.Node(\(others)),")
                    } else if others.isEmpty {
                        writer.array("SensitiveFields.Node(members: ", members, tail: "),")
                    } else {
                        writer.line("SensitiveFields.Node(")
                        writer.indented { $0.array("members: ", members, tail: ", \(others)),") }
                    }
                }
            }
            writer.line("]")
        }
        writer.line(")")
        return writer.text
    }

    private static func rule(_ keys: EncryptionDeclaration.Keys?) -> String {
        guard let keys else { return "nil" }
        let scheme =
            switch keys.scheme {
            case .aes256GCM: ".aes256GCM"
            case .fernet: ".fernet"
            }
        return "EncryptionRule(scheme: \(scheme), key: \(SwiftLiteral.string(keys.name)))"
    }

    private static func pointer(_ pointer: JSONPointer) -> String {
        "JSONPointer(tokens: [" + pointer.tokens.map(SwiftLiteral.string).joined(separator: ", ") + "])"
    }

    private static func arguments(_ node: SensitivityGraph.Node) -> String {
        var arguments: [String] = []
        if let category = node.category { arguments.append("category: \(category)") }
        if let other = node.otherMembers { arguments.append("otherMembers: \(other)") }
        if !node.elements.isEmpty {
            arguments.append(
                "elements: [\(node.elements.map { $0.map(String.init) ?? "nil" }.joined(separator: ", "))]")
        }
        if let other = node.otherElements { arguments.append("otherElements: \(other)") }
        return arguments.joined(separator: ", ")
    }
}
