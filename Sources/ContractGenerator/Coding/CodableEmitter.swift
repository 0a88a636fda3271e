import SchemaCompiler

/// Writes a `struct`'s conformance to `Codable` where the compiler's own is not enough: for defaults, for values that may
/// be `null`, and for wide objects, for which the compiler's own takes time that grows with the cube of their width.
struct CodableEmitter {
    let structure: StructType

    private var isWide: Bool { Width.isWide(structure.properties.count) }

    /// Writes nothing where the compiler's own is enough.
    func emit(to writer: inout SourceWriter) {
        if isWide {
            writer.line()
            emitDecodeParts(to: &writer)
            writer.line()
            emitEncodeParts(to: &writer)
        } else if structure.properties.contains(where: \.needsDecoding) {
            writer.line()
            writer.block("public init(from decoder: any Decoder) throws") { writer in
                writer.line("let container = try decoder.container(keyedBy: CodingKeys.self)")
                for property in structure.properties { emitDecode(property, to: &writer) }
            }
        }
    }

    private func emitDecodeParts(to writer: inout SourceWriter) {
        let parts = StructParts(structure)
        writer.block("public init(from decoder: any Decoder) throws") { writer in
            writer.line("let container = try decoder.container(keyedBy: CodingKeys.self)")
            parts.emitInitializerCall("from: container", to: &writer)
        }
    }

    private func emitEncodeParts(to writer: inout SourceWriter) {
        let parts = Width.parts(of: structure.properties.count)
        writer.block("public func encode(to encoder: any Encoder) throws") { writer in
            writer.line("var container = encoder.container(keyedBy: CodingKeys.self)")
            for part in 1...parts.count { writer.line("try encodePart\(part)(to: &container)") }
        }
        for (index, part) in parts.enumerated() {
            writer.line()
            writer.line("@inline(never)")
            writer.block(
                "private func encodePart\(index + 1)(to container: inout KeyedEncodingContainer<CodingKeys>) throws"
            ) { writer in
                for property in structure.properties[part] {
                    let function = property.isOptional ? "encodeIfPresent" : "encode"
                    let name = SwiftName.escaped(property.storedName)
                    writer.line("try container.\(function)(self.\(property.storedName), forKey: .\(name))")
                }
            }
        }
    }

    /// Writes the statement that reads a property. A statement for each: the compiler's time grows with the square of an
    /// expression's length, or worse.
    func emitDecode(_ property: StructProperty, to writer: inout SourceWriter) {
        let arguments =
            "(\(property.type.name(in: structure.path)).self, forKey: .\(SwiftName.escaped(property.storedName)))"
        let function = property.isRequired ? "decode" : "decodeIfPresent"
        let fallback = property.isRequired ? "" : property.defaultValue.map { " ?? \($0.source)" } ?? ""
        let reading = "self.\(property.storedName) = try container.\(function)\(arguments)\(fallback)"
        if writer.fits(reading) {
            writer.line(reading)
        } else {
            writer.line("self.\(property.storedName) =")
            writer.indented { $0.line("try container.\(function)\(arguments)\(fallback)") }
        }
    }
}

extension StructProperty {
    /// Whether what the compiler would make of `Decodable` is not enough: it knows no defaults, and takes `null` for
    /// absent where it is a value.
    fileprivate var needsDecoding: Bool { defaultValue != nil || isOptional && type == .value }
}
