import SchemaCompiler

/// The initializer of a wide `struct`, which calls the one that the compiler writes.
///
/// The compiler examines each assignment to a property in an initializer against all properties, so that one with 1,000 of
/// them takes minutes. Its own memberwise initializer has no assignments. It exists where the `struct` has no other
/// initializer in its body; a private property makes it private, and different from the one that users call.
struct WideInitializer {
    let structure: StructType
    /// The name of the private property.
    private let marker: String

    init(_ structure: StructType) {
        self.structure = structure
        var taken = Set(structure.properties.flatMap { [$0.name, $0.fieldName] })
        if structure.additional != nil { taken.insert(structure.additionalName) }
        marker = SwiftLocal.name(["memberwise"], besides: taken)
    }

    /// Returns the extensions with the initializers of a type and of those that it nests.
    static func extensions(of type: TypeDeclaration, access: String) -> [String] {
        var own: [String] = []
        if case .structure(let structure) = type, Width.isWide(structure.properties.count) {
            var writer = SourceWriter()
            WideInitializer(structure).emit(access: access, to: &writer)
            own.append(writer.text)
        }
        return own + type.nested.flatMap { extensions(of: $0, access: access) }
    }

    /// Writes the private property, which takes one byte.
    func emitMarker(to writer: inout SourceWriter) {
        writer.line("// Makes the compiler's memberwise initializer private: the one below the type calls it.")
        writer.line("private var \(marker): Never?")
    }

    private func emit(access: String, to writer: inout SourceWriter) {
        writer.block("nonisolated extension \(structure.qualifiedName)") { writer in
            writer.fill("\(access)init(", structure.parameters, tail: ") {")
            writer.indented { writer in
                var arguments = structure.properties.map { property in
                    let value = property.constant?.source ?? SwiftName.escaped(property.name)
                    return "\(SwiftName.label(property.fieldName)): \(property.stored(value))"
                }
                if structure.additional != nil {
                    arguments.append("\(structure.additionalName): \(structure.additionalName)")
                }
                // Named, since without it the call could be one of the initializer itself.
                writer.fill("self.init(", arguments + ["\(marker): nil"], tail: ")")
            }
            writer.line("}")
        }
    }
}
