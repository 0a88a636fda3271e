import SchemaCompiler

/// Writes a `struct`'s conformance to `Codable` where the compiler's own is not enough: for defaults, for values that may
/// be `null`, and for wide objects, for which the compiler's own takes time that grows with the cube of their width.
struct CodableEmitter {
    let structure: StructType
    /// `public `, or another level with a space after it; empty for `internal`.
    let access: String

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
            writer.block("\(access)init(from decoder: any Decoder) throws") { writer in
                writer.line("let container = try decoder.container(keyedBy: CodingKeys.self)")
                for property in structure.properties { emitDecode(property, to: &writer) }
            }
            guard structure.properties.contains(where: { $0.type.isOfFoundation }) else { return }
            writer.line()
            writer.block("\(access)func encode(to encoder: any Encoder) throws") { writer in
                writer.line("var container = encoder.container(keyedBy: CodingKeys.self)")
                for property in structure.properties { emitEncode(property, to: &writer) }
            }
        }
    }

    private func emitDecodeParts(to writer: inout SourceWriter) {
        let parts = StructParts(structure)
        writer.block("\(access)init(from decoder: any Decoder) throws") { writer in
            writer.line("let container = try decoder.container(keyedBy: CodingKeys.self)")
            parts.emitInitializerCall("from: container", to: &writer)
        }
    }

    private func emitEncodeParts(to writer: inout SourceWriter) {
        let parts = Width.parts(of: structure.properties.count)
        writer.block("\(access)func encode(to encoder: any Encoder) throws") { writer in
            writer.line("var container = encoder.container(keyedBy: CodingKeys.self)")
            for part in 1...parts.count { writer.line("try encodePart\(part)(to: &container)") }
        }
        for (index, part) in parts.enumerated() {
            writer.line()
            writer.line("@inline(never)")
            writer.block(
                "private func encodePart\(index + 1)(to container: inout KeyedEncodingContainer<CodingKeys>) throws"
            ) { writer in
                for property in structure.properties[part] { emitEncode(property, to: &writer) }
            }
        }
    }

    private func emitEncode(_ property: StructProperty, to writer: inout SourceWriter) {
        let function = property.isOptional ? "encodeIfPresent" : "encode"
        let stored = "self.\(property.storedName)"
        let value =
            property.isOptional && property.type.isOfFoundation
            ? "\(stored).map { \(property.type.codable("$0")) }" : property.type.codable(stored)
        let key = "forKey: .\(SwiftName.escaped(property.storedName))"
        writer.list("try container.\(function)(", [value, key], separator: ",", tail: ")")
    }

    /// Writes the statement that reads a property. A statement for each: the compiler's time grows with the square of an
    /// expression's length, or worse.
    func emitDecode(_ property: StructProperty, to writer: inout SourceWriter) {
        let arguments =
            "(\(property.type.codableName(in: structure.path)).self, forKey: .\(SwiftName.escaped(property.storedName)))"
        let function = property.isRequired ? "decode" : "decodeIfPresent"
        let fallback = property.isRequired ? "" : property.defaultValue.map { " ?? \($0.source)" } ?? ""
        let value = property.type.decoded("container.\(function)\(arguments)\(property.isOptional ? "?" : "")")
        let source = property.type.isOfFoundation ? value : "container.\(function)\(arguments)"
        let reading = "self.\(property.storedName) = try \(source)\(fallback)"
        if writer.fits(reading) {
            writer.line(reading)
        } else {
            writer.line("self.\(property.storedName) =")
            writer.indented { $0.line("try \(source)\(fallback)") }
        }
    }
}

extension StructProperty {
    /// Whether what the compiler would make of `Decodable` is not enough: it knows no defaults, and takes `null` for
    /// absent where it is a value. Foundation's types code themselves otherwise than as the message's text.
    fileprivate var needsDecoding: Bool {
        defaultValue != nil || isOptional && type == .value || type.isOfFoundation
    }
}

/// Values of Foundation's types are coded as `UUIDText` and `URLText`.
extension SwiftType {
    fileprivate func codableName(in scope: [String]) -> String {
        switch self {
        case .uuid, .url: name(in: scope) + "Text"
        case .array(let element): "[\(element.codableName(in: scope))]"
        case .dictionary(let value): "[String: \(value.codableName(in: scope))]"
        default: name(in: scope)
        }
    }

    /// The expression of the value to encode.
    fileprivate func codable(_ expression: String) -> String {
        switch self {
        case .uuid: "UUIDText(\(expression))"
        case .url: "URLText(\(expression))"
        case .array(let element) where isOfFoundation: "\(expression).map { \(element.codable("$0")) }"
        case .dictionary(let value) where isOfFoundation: "\(expression).mapValues { \(value.codable("$0")) }"
        default: expression
        }
    }

    /// The expression of a decoded value's own.
    fileprivate func decoded(_ expression: String) -> String {
        switch self {
        case .uuid, .url: "\(expression).value"
        case .array(let element) where isOfFoundation: "\(expression).map { \(element.decoded("$0")) }"
        case .dictionary(let value) where isOfFoundation: "\(expression).mapValues { \(value.decoded("$0")) }"
        default: expression
        }
    }
}
