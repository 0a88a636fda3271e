import SchemaCompiler

/// An emitter of the code that reads a `struct` from a tape: one walk finds the members, and then each property reads
/// its own. The walk reads no values, so that an error has only those properties to clean up that were read before.
struct DecodingEmitter {
    let structure: StructType

    func emit(access: String, to writer: inout SourceWriter) {
        if Width.isWide(structure.properties.count) {
            emitParts(access: access, to: &writer)
        } else {
            emitStraight(access: access, to: &writer)
        }
    }

    static func head(_ access: String) -> String {
        "\(access)init(json tape: borrowing JSONTape, at node: JSONTape.Index) throws(JSONDecodingError)"
    }

    // MARK: Few properties

    private func emitStraight(access: String, to writer: inout SourceWriter) {
        let names = structure.additional != nil || !structure.properties.isEmpty
        writer.block(Self.head(access)) { writer in
            if structure.properties.isEmpty {
                emitEmpty(to: &writer)
            } else {
                writer.line("let members = \(found)")
            }
            for (index, property) in structure.properties.enumerated() {
                let node = property.isRequired ? "members.value(at: \(index), in: tape)" : "value"
                emitRead(property, at: node, if: "let value = members[\(index)]", to: &writer)
            }
            if structure.additional != nil { writer.assign("self.\(structure.additionalName)", additionalMembers) }
        }
        guard names else { return }
        writer.line()
        emitNames(to: &writer)
    }

    /// The expression that finds the members. Of a union, the case that is right is the one whose members are all known.
    private var found: String {
        "try tape.members(at: node, named: Self.memberNames\(structure.isClosed ? ", isClosed: true" : ""))"
    }

    private func emitEmpty(to writer: inout SourceWriter) {
        let isEmpty = structure.isClosed ? ", tape.first(in: node) == tape.end(of: node)" : ""
        let expected = structure.isClosed ? "an empty object" : "an object"
        writer.guarding(
            "tape.kind(at: node) == .object\(isEmpty)",
            else: "throw tape.mismatch(at: node, expected: \"\(expected)\")")
    }

    /// The expression that reads the members that the schema does not name.
    private var additionalMembers: String {
        let head = "tape.decodeMembers(of: node, besides: Self.memberNames)"
        let reading =
            switch structure.additional {
            case nil, .value?: head
            case let type?: head + " " + type.closure(in: structure.path)
            }
        return structure.isAdditionalSensitive ? SwiftType.sensitive(reading) : "try " + reading
    }

    private func emitNames(to writer: inout SourceWriter) {
        writer.filledArray(
            "private static let memberNames = NameTable(",
            structure.properties.map { SwiftLiteral.string($0.jsonName) }, tail: ")")
    }

    // MARK: Many properties

    private func emitParts(access: String, to writer: inout SourceWriter) {
        let parts = StructParts(structure)
        writer.block(Self.head(access)) { writer in
            writer.line("let members = \(found)")
            if structure.additional != nil { writer.assign("let additional", additionalMembers) }
            parts.emitInitializerCall("json: tape, members", to: &writer)
        }
        writer.line()
        parts.emitInitializer(to: &writer)
        writer.line()
        emitNames(to: &writer)
        for (index, range) in parts.ranges.enumerated() {
            writer.line()
            writer.block("private nonisolated struct \(parts.name(index))") { emitPart(range, to: &$0) }
        }
    }

    private func emitPart(_ range: Range<Int>, to writer: inout SourceWriter) {
        for property in structure.properties[range] {
            let name = SwiftName.escaped(property.storedName)
            writer.line(
                "\(property.isOptional ? "var" : "let") \(name): \(property.typeName(in: structure))")
        }
        writer.line()
        // The optimizer would make one function of them again.
        writer.line("@inline(never)")
        writer.block("init(json tape: borrowing JSONTape, _ members: FoundMembers) throws(JSONDecodingError)") {
            writer in
            for index in range { emitRead(ofPart: index, to: &writer) }
        }
    }

    private func emitRead(ofPart index: Int, to writer: inout SourceWriter) {
        let property = structure.properties[index]
        let node = property.isRequired ? "members.value(at: \(index), in: tape)" : "value"
        emitRead(property, at: node, if: "let value = members[\(index)]", inPart: true, to: &writer)
    }

    // MARK: One property

    /// Writes the statements that give a property its value.
    ///
    /// - Parameters:
    ///   - node: The expression of the member's place.
    ///   - condition: Of a property that may be absent: the condition under which it is there.
    private func emitRead(
        _ property: StructProperty, at node: String, if condition: String, inPart: Bool = false,
        to writer: inout SourceWriter
    ) {
        // A part has values that are not stored apart.
        let isWhole = !inPart
        var node = node
        switch property.type {
        case .array, .dictionary, .optional, .nullable, .sensitive:
            guard property.isRequired else { break }
            // The line has a closure's head, too.
            let local = SwiftName.escaped(
                property.name == "tape" || property.name == "members" ? "value" : property.name)
            writer.line("let \(local) = try \(node)")
            node = local
        default: break
        }
        let target = isWhole ? property.target : "self.\(property.storedName)"
        let reading = property.type.reading(at: node, in: structure.path)
        let value = isWhole ? property.stored(reading) : reading
        guard !property.isRequired else {
            writer.assign(target, value)
            return
        }
        // An optional that is not set is `nil`.
        let absent = property.isOptional ? nil : property.absentSource.map { isWhole ? property.stored($0) : $0 }
        let isShort = absent == nil && !value.utf8.contains(UInt8(ascii: "\n"))
        if isShort, writer.fits("if \(condition) { \(target) = \(value) }") {
            writer.line("if \(condition) { \(target) = \(value) }")
            return
        }
        writer.line("if \(condition) {")
        writer.indented { $0.assign(target, value) }
        if let absent {
            writer.line("} else {")
            writer.indented { $0.line("\(target) = \(absent)") }
        }
        writer.line("}")
    }
}
