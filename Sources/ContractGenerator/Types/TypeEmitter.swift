import ContractModel
import SchemaCompiler

/// Writes a message's `struct`, with all that it nests.
struct TypeEmitter {
    /// `public `, or another level with a space after it; empty for `internal`.
    private let access: String

    /// The `struct`, as it appears in an extension of the contract.
    static func emit(_ message: CompiledMessage) -> String {
        var writer = SourceWriter(depth: 1)
        let emitter = TypeEmitter(access: message.access.modifier)
        let extra = [message.declaration.summary].compactMap(\.self)
        emitter.emit(message.structure, extraDocumentation: extra, to: &writer) { writer in
            emitter.emitMessageType(message, to: &writer)
        }
        return writer.text
    }

    private func emit(
        _ structure: StructType, extraDocumentation: [String] = [], to writer: inout SourceWriter,
        members: (inout SourceWriter) -> Void = { _ in }
    ) {
        writer.documentation(structure.documentation + extraDocumentation)
        writer.block("\(access)nonisolated struct \(SwiftName.escaped(structure.name)): Sendable, Hashable, Codable") {
            writer in
            for property in structure.properties {
                emit(property, of: structure, to: &writer)
            }
            writer.line()
            emitInitializer(structure, to: &writer)
            members(&writer)
            for enumeration in structure.enums {
                writer.line()
                emit(enumeration, to: &writer)
            }
            for nested in structure.structs {
                writer.line()
                emit(nested, to: &writer)
            }
            writer.line()
            emitCodingKeys(structure, to: &writer)
        }
    }

    private func emit(_ property: StructProperty, of structure: StructType, to writer: inout SourceWriter) {
        writer.documentation(property.documentation + [property.facts])
        let declaration = "\(access)var \(SwiftName.escaped(property.name)): \(property.typeName(in: structure))"
        guard property.isDeprecated else {
            writer.line(declaration)
            return
        }
        let stored = SwiftName.escaped(property.storedName)
        writer.line("@available(*, deprecated, message: \"The schema marks it as deprecated.\")")
        writer.block(declaration) { writer in
            writer.line("get { \(stored) }")
            writer.line("set { \(stored) = newValue }")
        }
        writer.line("var \(stored): \(property.typeName(in: structure))")
    }

    private func emitInitializer(_ structure: StructType, to writer: inout SourceWriter) {
        let parameters = structure.properties.map { property in
            "\(SwiftName.parameter(property.name)): \(property.typeName(in: structure))\(property.defaultArgument)"
        }
        writer.list("\(access)init(", parameters, separator: ",", tail: ") {")
        writer.indented { writer in
            for property in structure.properties {
                writer.line("self.\(property.storedName) = \(SwiftName.escaped(property.name))")
            }
        }
        writer.line("}")
    }

    private func emitCodingKeys(_ structure: StructType, to writer: inout SourceWriter) {
        writer.block("nonisolated enum CodingKeys: String, CodingKey") { writer in
            for property in structure.properties {
                let name = SwiftName.escaped(property.storedName)
                writer.line(
                    property.storedName == property.jsonName
                        ? "case \(name)" : "case \(name) = \(SwiftLiteral.string(property.jsonName))")
            }
        }
    }

    private func emitMessageType(_ message: CompiledMessage, to writer: inout SourceWriter) {
        guard let discriminator = message.discriminator else {
            writer.line()
            emitOnlyEvent(of: message, to: &writer)
            return
        }
        guard case .enumeration(let path) = discriminator.type, path != [message.typeName, "MessageType"] else {
            return
        }
        writer.line()
        writer.line("/// The message's events.")
        writer.line(
            "\(access)typealias MessageType = \(path.dropFirst().map(SwiftName.escaped).joined(separator: "."))")
    }

    private func emitOnlyEvent(of message: CompiledMessage, to writer: inout SourceWriter) {
        writer.documentation(["The message's only event."])
        writer.block("\(access)nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable") {
            writer in
            for event in message.events {
                let name = event.declaration.name.value
                writer.line(
                    "case \(SwiftName.escaped(event.caseName))"
                        + (event.caseName == name ? "" : " = \(SwiftLiteral.string(name))"))
            }
        }
    }

    // MARK: Enums

    private func emit(_ enumeration: EnumType, to writer: inout SourceWriter) {
        writer.documentation(enumeration.documentation)
        let name = SwiftName.escaped(enumeration.name)
        guard enumeration.isOpen else {
            writer.block("\(access)nonisolated enum \(name): String, Sendable, Hashable, Codable, CaseIterable") {
                writer in
                for value in enumeration.cases {
                    let isPlain = value.name == value.rawValue
                    writer.line(
                        "case \(SwiftName.escaped(value.name))"
                            + (isPlain ? "" : " = \(SwiftLiteral.string(value.rawValue))"))
                }
            }
            return
        }
        emitOpen(enumeration, name: name, to: &writer)
    }

    private func emitOpen(_ enumeration: EnumType, name: String, to writer: inout SourceWriter) {
        writer.block("\(access)nonisolated enum \(name): RawRepresentable, Sendable, Hashable, Codable, CaseIterable") {
            writer in
            for value in enumeration.cases {
                writer.line("case \(SwiftName.escaped(value.name))")
            }
            writer.line("/// A value that the schema does not name yet.")
            writer.line("case unknown(String)")
            writer.line()
            writer.line("/// The values that the schema names.")
            writer.array(
                "\(access)static let allCases: [\(name)] = ", enumeration.cases.map { "." + SwiftName.escaped($0.name) }
            )
            writer.line()
            emitOpenInitializer(enumeration, to: &writer)
            writer.line()
            writer.block("\(access)var rawValue: String") { writer in
                writer.line("switch self {")
                for value in enumeration.cases {
                    writer.line("case .\(SwiftName.escaped(value.name)): \(SwiftLiteral.string(value.rawValue))")
                }
                writer.line("case .unknown(let rawValue): rawValue")
                writer.line("}")
            }
        }
    }

    private func emitOpenInitializer(_ enumeration: EnumType, to writer: inout SourceWriter) {
        let cases = enumeration.cases
        guard Width.isWide(cases.count) else {
            writer.block("\(access)init(rawValue: String)") { writer in
                writer.line("switch rawValue {")
                for value in cases {
                    writer.line("case \(SwiftLiteral.string(value.rawValue)): self = .\(SwiftName.escaped(value.name))")
                }
                writer.line("default: self = .unknown(rawValue)")
                writer.line("}")
            }
            return
        }
        let table = SwiftLocal.name(["casesByValue", "knownCasesByValue"], besides: Set(cases.map(\.name)))
        writer.block("\(access)init(rawValue: String)") { writer in
            writer.line("self = Self.\(table)[rawValue] ?? .unknown(rawValue)")
        }
        writer.line()
        writer.line("private static let \(table) = Dictionary(")
        writer.indented { writer in
            writer.line("allCases.map { ($0.rawValue, $0) }, uniquingKeysWith: { first, _ in first })")
        }
    }
}

extension SwiftType {
    /// The type as it is written inside another: by what follows the other's path, or, where it lies elsewhere, by its
    /// whole path. An extension of a nested type does not see what lies beside that.
    func name(in scope: [String]) -> String {
        switch self {
        case .string: return "String"
        case .integer: return "Int"
        case .double: return "Double"
        case .bool: return "Bool"
        case .timestamp: return "Timestamp"
        case .uuid: return "UUID"
        case .date: return "CalendarDate"
        case .url: return "URL"
        case .value: return "JSONValue"
        case .object: return "JSONObject"
        case .array(let element): return "[\(element.name(in: scope))]"
        case .dictionary(let value): return "[String: \(value.name(in: scope))]"
        case .structure(let path), .enumeration(let path):
            let isInside = path.count > scope.count && path.starts(with: scope)
            return path.dropFirst(isInside ? scope.count : 0).map(SwiftName.escaped).joined(separator: ".")
        }
    }
}

extension StructProperty {
    func typeName(in structure: StructType) -> String {
        type.name(in: structure.path) + (isOptional ? "?" : "")
    }

    /// ` = nil` where the property may be left out, ` = "1.0"` where it has a default.
    var defaultArgument: String {
        if let defaultValue { return " = " + defaultValue.source }
        return isOptional ? " = nil" : ""
    }
}

extension LiteralValue {
    /// The value as Swift writes it.
    var source: String {
        switch self {
        case .string(let text): SwiftLiteral.string(text)
        case .integer(let value): SwiftLiteral.integer(value)
        case .double(let value): "\(value)"
        case .bool(let value): "\(value)"
        // `.none` would be taken for an absent optional.
        case .enumCase(let name, _, let type) where name == "none" || name == "some":
            "\(type.joined(separator: ".")).\(name)"
        case .enumCase(let name, _, _): "." + SwiftName.escaped(name)
        }
    }
}
