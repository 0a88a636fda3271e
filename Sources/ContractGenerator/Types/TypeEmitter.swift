import ContractModel
import SchemaCompiler

/// An emitter of a message's `struct`, with all that it nests.
struct TypeEmitter {
    /// `public `, or another level with a space after it; empty for `internal`.
    private let access: String

    /// Returns a message's type, as it appears in an extension of the contract.
    static func emit(_ message: CompiledMessage) -> String {
        var writer = SourceWriter(depth: 1)
        let emitter = TypeEmitter(access: message.access.modifier)
        emitter.emit(message.type, extraDocumentation: [message.declaration.summary].compactMap(\.self), to: &writer) {
            emitter.emitMessageType(message, to: &$0)
        }
        return writer.text
    }

    /// Returns a type that messages share, as it appears in an extension of the contract.
    static func emit(_ type: TypeDeclaration, access: AccessLevel) -> String {
        var writer = SourceWriter(depth: 1)
        TypeEmitter(access: access.modifier).emit(type, to: &writer)
        return writer.text
    }

    private func emit(
        _ type: TypeDeclaration, extraDocumentation: [String] = [], to writer: inout SourceWriter,
        members: (inout SourceWriter) -> Void = { _ in }
    ) {
        func emitNested(_ writer: inout SourceWriter) {
            members(&writer)
            for nested in type.nested {
                writer.line()
                emit(nested, to: &writer)
            }
        }
        switch type {
        case .structure(let structure):
            writer.documentation(structure.documentation + extraDocumentation)
            emit(structure, to: &writer, nested: emitNested)
        case .union(let union):
            writer.documentation(union.documentation + extraDocumentation)
            emit(union, to: &writer, nested: emitNested)
        case .tuple(let tuple):
            writer.documentation(tuple.documentation)
            emit(tuple, to: &writer, nested: emitNested)
        case .enumeration(let enumeration): emit(enumeration, to: &writer)
        case .constants(let constants): ConstantsEmitter(constants: constants, access: access).emitType(to: &writer)
        }
    }

    // MARK: Structs

    private func emit(
        _ structure: StructType, to writer: inout SourceWriter, nested: (inout SourceWriter) -> Void
    ) {
        writer.block(
            "\(access)nonisolated struct \(SwiftName.escaped(structure.name)): Sendable, Hashable, JSONCodable"
        ) { writer in
            for property in structure.properties {
                emit(property, of: structure, to: &writer)
            }
            if let additional = structure.additionalTypeName {
                writer.documentation(["The members that the schema does not name\(structure.additionalLimits)."])
                writer.line("\(access)var \(structure.additionalName): \(additional)")
            }
            writer.line()
            if Width.isWide(structure.properties.count) {
                WideInitializer(structure).emitMarker(to: &writer)
            } else {
                emitInitializer(structure, to: &writer)
            }
            nested(&writer)
        }
    }

    private func emit(_ tuple: TupleType, to writer: inout SourceWriter, nested: (inout SourceWriter) -> Void) {
        writer.block("\(access)nonisolated struct \(SwiftName.escaped(tuple.name)): Sendable, Hashable, JSONCodable") {
            writer in
            let members = tuple.members
            for (index, member) in members.enumerated() {
                let isRest = index == tuple.elements.count
                writer.documentation([
                    isRest
                        ? "All further elements\(tuple.restLimits)."
                        : "The element at position \(index)\(tuple.elements[index].limits)."
                ])
                writer.line("\(access)var \(SwiftName.escaped(member.name)): \(member.type)")
            }
            writer.line()
            writer.fill(
                "\(access)init(",
                members.filter { $0.constant == nil }.map {
                    "\(SwiftName.parameter($0.name)): \($0.type)\($0.defaultArgument)"
                }, tail: ") {")
            writer.indented { writer in
                for member in members {
                    writer.line("self.\(member.name) = \(member.constant ?? SwiftName.escaped(member.name))")
                }
            }
            writer.line("}")
            nested(&writer)
        }
    }

    // MARK: Unions

    private func emit(_ union: UnionType, to writer: inout SourceWriter, nested: (inout SourceWriter) -> Void) {
        let head = union.isIndirect ? "indirect enum" : "enum"
        writer.block(
            "\(access)nonisolated \(head) \(SwiftName.escaped(union.name)): Sendable, Hashable, JSONCodable"
        ) { writer in
            for value in union.cases {
                writer.documentation([value.documentation])
                writer.line("case \(SwiftName.escaped(value.name))(\(value.type.name(in: union.path)))")
            }
            for property in union.common { emitCommon(property, of: union, to: &writer) }
            nested(&writer)
        }
    }

    /// Writes a property that the values of all cases have.
    private func emitCommon(_ property: StructProperty, of union: UnionType, to writer: inout SourceWriter) {
        let name = SwiftName.escaped(property.name)
        writer.line()
        writer.documentation(property.documentation + [property.facts])
        let type = property.type.name(in: union.path) + (property.isOptional ? "?" : "")
        writer.block("\(access)var \(name): \(type)") { writer in
            writer.line("switch self {")
            for value in union.cases {
                writer.line("case .\(SwiftName.escaped(value.name))(let value): value.\(name)")
            }
            writer.line("}")
        }
    }

    // MARK: Properties

    private func emit(_ property: StructProperty, of structure: StructType, to writer: inout SourceWriter) {
        writer.documentation(property.documentation + [property.facts])
        let declaration = "\(access)var \(SwiftName.escaped(property.name)): \(property.typeName(in: structure))"
        guard property.isDeprecated || property.isBoxed else {
            writer.line(declaration)
            return
        }
        if property.isDeprecated {
            writer.line("@available(*, deprecated, message: \"The schema marks it as deprecated.\")")
        }
        let stored = SwiftName.escaped(property.isBoxed ? property.boxName : property.storedName)
        let type = property.typeName(in: structure)
        let value = property.isBoxed ? "\(stored).value" : stored
        writer.block(declaration) { writer in
            writer.line("get { \(value) }")
            writer.line("set { \(value) = newValue }")
        }
        writer.line(
            property.isBoxed
                ? "var \(stored): Boxed<\(type)>" + property.initialValue : "var \(stored): \(type)")
    }

    private func emitInitializer(_ structure: StructType, to writer: inout SourceWriter) {
        writer.fill("\(access)init(", structure.parameters, tail: ") {")
        writer.indented { writer in
            for property in structure.properties {
                writer.line(property.assignment(of: property.constant?.source ?? SwiftName.escaped(property.name)))
            }
            if structure.additional != nil {
                writer.line("self.\(structure.additionalName) = \(structure.additionalName)")
            }
        }
        writer.line("}")
    }

    private func emitMessageType(_ message: CompiledMessage, to writer: inout SourceWriter) {
        if let variants = message.variants {
            writer.line()
            emit(variants.events, to: &writer)
            return
        }
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
