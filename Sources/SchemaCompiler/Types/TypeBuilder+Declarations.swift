import ContractModel
import JSONSchema
import JSONTape

// The declarations of records, unions, tuples and enumerations.

extension TypeBuilder {
    // MARK: Records

    mutating func structure(_ record: Shape.Record, of id: Shape.ID, path: [String]) -> StructType {
        var structure = StructType(path: path)
        structure.documentation = documentation(of: shapes[id].node, path: path)
        structure.isComplete = shapes[id].isComplete
        // Of a message, other names have a meaning.
        var used: Set<String> = path.count == 1 ? Self.messageMembers : []
        if path.count == 1, let first = discriminator?.tokens.first, discriminator?.tokens.count == 1,
            SwiftName.member(first) == "messageType"
        {
            used.remove("messageType")
        }
        // Names that a schema sets come first: no other takes them.
        let set = Set(record.members.compactMap { $0.node.flatMap { names[$0] } })
        for member in record.members {
            var property = property(member, path: path, isComplete: structure.isComplete)
            let own = member.node.flatMap { names[$0] }
            let usual = SwiftName.member(member.name.value)
            property.name =
                own.flatMap { used.contains($0) ? nil : $0 } ?? SwiftName.unique([usual], besides: used.union(set))
            if own != nil, own != property.name { collide(member, as: own ?? "") }
            used.formUnion([property.name, property.storedName])
            structure.properties.append(property)
        }
        switch record.additional {
        case .typed(let value):
            structure.additional = type(value, scope: path, name: "AdditionalMember")
            structure.additionalLimits = limits(of: shapes[value].node, subject: "each value: ")
        case .any:
            structure.additional = record.keepsOthers || path.first.map(keepers.contains) == true ? .value : nil
        case .none: structure.isClosed = true
        }
        structure.additionalName = SwiftName.unique(["additionalMembers", "otherMembers"], besides: used)
        return structure
    }

    /// The members that every message has.
    static let messageMembers: Set<String> = [
        "messageType", "recordKey", "recordHeaders", "addHeaders", "encode", "encoded",
    ]

    private mutating func collide(_ member: Shape.Record.Member, as name: String) {
        diagnostics.error(
            .nameCollision, at: member.name.location, "another property of the object has the name '\(name)'",
            hint: "name one of them otherwise with 'x-swift-name' in the schema or 'swift_names' in the manifest")
    }

    private mutating func property(
        _ member: Shape.Record.Member, path: [String], isComplete: Bool
    ) -> StructProperty {
        let name = member.node.flatMap { names[$0] } ?? member.name.value
        var type = type(member.shape, scope: path, name: name)
        // Words that were not understood may require the member.
        let isRequired = member.isRequired || !isComplete
        let annotations = member.node.map { self.annotations(of: $0) } ?? Annotations()
        // Where members are kept as they came, one that is absent stays absent.
        let keeps = path.first.map(keepers.contains) == true
        let known = isRequired ? nil : literal(validDefault(annotations, of: member.node), of: type)
        let defaultValue = keeps ? nil : known
        if !isRequired, defaultValue == nil, case .optional(let inner) = type { type = .nullable(inner) }
        var property = StructProperty(
            jsonName: member.name.value, name: "", type: type, isRequired: isRequired, defaultValue: defaultValue,
            location: member.name.location, schema: member.node)
        property.documentation = [annotations.title.map { $0.hasSuffix(".") ? $0 : $0 + "." }, annotations.description]
            .compactMap(\.self)
        if isRequired, let node = member.node { property.constant = onlyBoolean(of: node, type) }
        property.isDeprecated = annotations.isDeprecated
        // A required member without a schema may be the misspelt name of another.
        property.isComplete = shapes[member.shape].isComplete && (isComplete || member.node != nil)
        property.misspelling = member.misspelling
        property.facts = facts(property, annotations, known)
        if let node = property.schema { (property.least, property.most) = SchemaLimits.numbers(of: node, in: model) }
        return property
    }

    /// Returns the annotations of a member's schema. Annotations that a reference does not have are those of its
    /// target.
    private func annotations(of node: NodeID) -> Annotations {
        var own = model[node].annotations
        let target = model.shapeSource(of: node).node
        guard target != node else { return own }
        let other = model[target].annotations
        if own.title == nil, own.description == nil {
            // A title that is a name is that of the type.
            own.title = other.title.flatMap { SwiftName.type(titled: $0) == nil ? $0 : nil }
            own.description = other.description
        }
        own.defaultValue = own.defaultValue ?? other.defaultValue
        own.isDeprecated = own.isDeprecated || other.isDeprecated
        own.isReadOnly = own.isReadOnly || other.isReadOnly
        own.isWriteOnly = own.isWriteOnly || other.isWriteOnly
        return own
    }

    /// Returns the member in JSON, for the property's documentation.
    private func facts(
        _ property: StructProperty, _ annotations: Annotations, _ defaultValue: LiteralValue?
    ) -> String {
        var text = "JSON: `\(property.jsonName)`, \(property.isRequired ? "required" : "optional")"
        if annotations.isReadOnly { text += ", read-only" }
        if annotations.isWriteOnly { text += ", write-only" }
        if let node = property.schema { text += limits(of: node) }
        if let value = defaultValue {
            text += "; default \(value.words)"
        } else if let value = annotations.defaultValue, let node = property.schema, isValid(value, by: node) {
            // No default of the Swift property: the member is required, or Swift has no literal of the value.
            text += "; documented default \(Self.words(value.jsonValue))"
        }
        return text + "."
    }

    /// Returns the limits of a schema's values, as they follow other words.
    private func limits(of node: NodeID, subject: String = "") -> String {
        var groups = SchemaLimits.groups(of: node, in: model)
        if let value = constant(node) { groups.append("always \(value)") }
        return groups.map { "; " + subject + $0 }.joined()
    }

    /// Returns the only value that a schema allows, in words.
    private func constant(_ node: NodeID) -> String? {
        model.onlyValue(of: node).map(Self.words)
    }

    /// Returns a value as documentation shows it. Of a long one, only the beginning.
    private static func words(_ value: JSONValue) -> String {
        if case .string(let text) = value { return "'\(text.prefix(longestValue))'" }
        let text = value.words
        return "`\(text.count > longestValue ? text.prefix(longestValue) + " …" : text[...])`"
    }

    private static var longestValue: Int { 80 }

    /// Returns the value of a Boolean whose schema allows only that.
    private func onlyBoolean(of node: NodeID, _ type: SwiftType) -> OnlyValue? {
        guard case .bool = type, case .bool(let value)? = model.onlyValue(of: node) else { return nil }
        return .bool(value)
    }

    private func isValid(_ value: SourceNode, by node: NodeID) -> Bool {
        model[node].isComplete && StatedValueChecker(model).isValid(value, by: node)
    }

    /// Returns a schema's default; `nil` where it is invalid by the schema itself.
    private mutating func validDefault(_ annotations: Annotations, of node: NodeID?) -> SourceNode? {
        guard let value = annotations.defaultValue, let node, model[node].isComplete else { return nil }
        if isValid(value, by: node) { return value }
        diagnostics.warning(
            .schemaValue, at: value.location, "the default is invalid by its own schema",
            hint: "the property has no default in Swift; correct it or remove it")
        return nil
    }

    /// Returns the default value of an absent member, if it can be a Swift literal. Other defaults are documentation.
    private mutating func literal(_ value: SourceNode?, of type: SwiftType) -> LiteralValue? {
        guard let value else { return nil }
        let cases = enumCases
        return LiteralValue(value, of: type) { path, text in cases[path]?[JSONName(text)] }
    }

    // MARK: Enumerations

    mutating func enumeration(_ values: [JSONValue], of id: Shape.ID, path: [String]) -> TypeDeclaration {
        let node = shapes[id].node
        let source = model.enumerationSource(of: node)
        let isOpen = openEnums.contains(node)
        let areStrings = values.allSatisfy(\.isString)
        let own = values.map { names[source, $0] ?? names[node, $0] }
        let set = Set(own.compactMap(\.self))
        var used: Set<String> = isOpen ? ["unknown"] : []
        let caseNames = zip(values, own).map { value, own -> String in
            let usual = areStrings ? SwiftName.enumCase(value.words) : Self.constantName(value)
            let name =
                own.flatMap { used.contains($0) ? nil : $0 } ?? SwiftName.unique([usual], besides: used.union(set))
            if let own, own != name {
                diagnostics.error(
                    .nameCollision, at: model[node].location, "another value of the enum has the name '\(own)'",
                    hint: "name one of them otherwise with 'x-swift-names' or 'swift_names'")
            }
            used.insert(name)
            return name
        }
        guard areStrings else {
            return .constants(
                ConstantsType(
                    path: path, documentation: documentation(of: node, path: path),
                    cases: zip(caseNames, values).map { ConstantsType.Case(name: $0, value: $1) }))
        }
        return .enumeration(
            EnumType(
                path: path, documentation: documentation(of: node, path: path),
                cases: zip(caseNames, values).map { EnumType.Case(name: $0, rawValue: $1.words) }, isOpen: isOpen))
    }

    /// Returns the name of a constant that need not be a string.
    private static func constantName(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): return SwiftName.enumCase(text)
        case .bool(let flag): return flag ? "trueValue" : "falseValue"
        case .null: return "nullValue"
        case .number(let number):
            let text = number.description
            return text.hasPrefix("-") ? "minus" + spelled(text.dropFirst()) : "_" + spelled(text[...])
        case .array: return "array"
        case .object: return "object"
        }
    }

    private static func spelled(_ number: Substring) -> String {
        String(number.map { $0.isNumber || $0.isLetter ? $0 : "_" })
    }

    // MARK: Unions

    mutating func union(_ union: Shape.Union, of id: Shape.ID, path: [String]) -> UnionType {
        var used: Set<String> = []
        let cases = union.cases.map { alternative -> UnionType.Case in
            let name = caseName(alternative, of: union)
            let usual = SwiftName.enumCase(name)
            let unique = SwiftName.unique([usual], besides: used)
            used.insert(unique)
            let typeName = unique == usual ? name : name + "_" + unique.dropFirst(usual.count)
            return UnionType.Case(
                name: unique, type: type(alternative.shape, scope: path, name: typeName), choice: alternative.choice)
        }
        return UnionType(path: path, documentation: documentation(of: shapes[id].node, path: path), cases: cases)
    }

    /// Returns the name of a case: of its schema, of the constant that chooses it, or of its type.
    func caseName(_ alternative: Shape.Union.Case, of union: Shape.Union) -> String {
        let shape = shapes[alternative.shape]
        let node = model[shape.node]
        if let name = names[shape.node] ?? titles[alternative.shape] { return name }
        if shape.isShared {
            if let token = node.pointer.tokens.last { return token }
            return node.file.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? "value"
        }
        if case .member(_, let values) = alternative.choice, values.count <= 3 {
            return values.map(\.words).joined(separator: "_or_")
        }
        switch shape.kind {
        case .string: return "string"
        case .enumeration(let values): return values.count == 1 ? values[0].words : "constant"
        case .integer: return "integer"
        case .number: return "number"
        case .boolean: return "boolean"
        case .list: return "list"
        case .tuple: return "tuple"
        case .map: return "map"
        default: break
        }
        if let title = node.annotations.title, title.utf8.count <= 40 { return title }
        if case .key(let name) = alternative.choice { return name }
        let required = requiredMembers(alternative)
        let others = Set(union.cases.filter { $0.shape != alternative.shape }.flatMap(requiredMembers))
        guard let name = required.first(where: { !others.contains($0) }) ?? required.first else { return "object" }
        return "with_" + name
    }

    private func requiredMembers(_ alternative: Shape.Union.Case) -> [String] {
        guard case .record(let record) = shapes[alternative.shape].kind else { return [] }
        return record.members.filter(\.isRequired).map(\.name.value)
    }

    // MARK: Tuples

    /// Returns the name of a tuple's element.
    static func elementName(_ index: Int) -> String {
        let words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
        return words.indices.contains(index) ? words[index] : "element\(index + 1)"
    }

    mutating func tuple(_ tuple: Shape.Tuple, of id: Shape.ID, path: [String]) -> TupleType {
        var used: Set<String> = ["rest"]
        let elements = tuple.elements.enumerated().map { index, shape -> TupleType.Element in
            let usual = Self.elementName(index)
            let own = names[shapes[shape].node]
            let name = SwiftName.unique([own, usual].compactMap(\.self), besides: used)
            used.insert(name)
            let isOptional = index >= tuple.minimumCount
            var type = type(shape, scope: path, name: name)
            if isOptional, case .optional(let inner) = type { type = .nullable(inner) }
            let constant = isOptional ? nil : onlyBoolean(of: shapes[shape].node, type)
            return TupleType.Element(
                name: name, type: type, isOptional: isOptional, constant: constant,
                limits: limits(of: shapes[shape].node))
        }
        return TupleType(
            path: path, documentation: documentation(of: shapes[id].node, path: path), elements: elements,
            rest: tuple.rest.map { type($0, scope: path, name: "RestItem") },
            restLimits: tuple.rest.map { limits(of: shapes[$0].node, subject: "each: ") } ?? "")
    }
}

extension SchemaModel {
    /// Returns the value of a `const`, or of an `enum` of one value, that applies whenever the schema does.
    fileprivate func onlyValue(of node: NodeID) -> JSONValue? {
        var visited: Set<NodeID> = []
        func find(_ node: NodeID) -> JSONValue? {
            guard visited.insert(node).inserted else { return nil }
            for assertion in self[node].assertions {
                switch assertion.kind {
                case .values(let values) where values.count == 1: return values[0]
                case .refer(let target): if let value = find(target) { return value }
                case .all(let parts): for part in parts { if let value = find(part) { return value } }
                default: break
                }
            }
            return nil
        }
        return find(node)
    }

    /// Returns the schema that lists the values of an enumeration which is part of another schema.
    fileprivate func enumerationSource(of node: NodeID) -> NodeID {
        if !statedValues(of: node).isEmpty { return node }
        for assertion in self[node].assertions {
            for child in assertion.kind.inPlaceChildren where !statedValues(of: child).isEmpty { return child }
        }
        return node
    }
}
