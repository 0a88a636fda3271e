import SchemaCompiler

/// The parts in which a wide `struct` is read: nested types of a few properties each, so that an error has only those of
/// one part to clean up.
struct StructParts {
    let structure: StructType
    let ranges: [Range<Int>]
    /// The parts' common name, which begins no name of a nested type.
    private let name: String

    init(_ structure: StructType) {
        self.structure = structure
        ranges = Width.parts(of: structure.properties.count)
        let taken = structure.nested.map(\.name).map { name in
            String(name.prefix { !$0.isNumber })
        }
        name = SwiftLocal.name(["Part", "MemberPart"], besides: Set(taken))
    }

    func name(_ index: Int) -> String { "\(name)\(index + 1)" }

    /// Writes a call of the initializer that takes the parts, each read with the same arguments.
    func emitInitializerCall(_ arguments: String, to writer: inout SourceWriter) {
        writer.list(
            "self.init(",
            ranges.indices.map { "try \(name($0))(\(arguments))" }
                + (structure.additional == nil ? [] : ["additional"]),
            separator: ",", tail: ")")
    }

    /// Writes the initializer that takes the parts.
    func emitInitializer(to writer: inout SourceWriter) {
        writer.list(
            "private init(",
            ranges.indices.map { "_ part\($0 + 1): \(name($0))" }
                + [structure.additionalTypeName.map { "_ additional: \($0)" }].compactMap(\.self),
            separator: ",", tail: ") {")
        writer.indented { writer in
            let values = ranges.enumerated().flatMap { index, range in
                structure.properties[range].map { ($0, "part\(index + 1).\(SwiftName.escaped($0.storedName))") }
            }
            var arguments = values.filter { $0.0.constant == nil }.map { "\(SwiftName.label($0.0.name)): \($0.1)" }
            if structure.additional != nil { arguments.append("\(structure.additionalName): additional") }
            writer.fill("self.init(", arguments, tail: ")")
            for (property, value) in values where property.constant != nil {
                writer.line(property.assignment(of: value))
            }
        }
        writer.line("}")
    }
}
