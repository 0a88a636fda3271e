/// A marker of required properties and tuple elements whose type has one value, such as that of a `const`. Types are
/// known when all are declared; the only value of a Boolean is its schema's, and marked with the declaration.
struct ConstantMarker {
    /// The only value of each type that has no other, by the type's path.
    private let onlyValues: [[String]: OnlyValue]

    /// Declarations with the marks that they need.
    static func marked(_ types: [TypeDeclaration]) -> [TypeDeclaration] {
        let marker = ConstantMarker(types)
        return types.map(marker.mark)
    }

    private init(_ types: [TypeDeclaration]) {
        var onlyValues: [[String]: OnlyValue] = [:]
        for type in types {
            switch type {
            case .enumeration(let type) where type.cases.count == 1 && !type.isOpen:
                onlyValues[type.path] = .enumCase(type.cases[0].name)
            case .constants(let type) where type.cases.count == 1:
                onlyValues[type.path] = .enumCase(type.cases[0].name)
            case .enumeration, .constants, .structure, .union, .tuple: break
            }
        }
        self.onlyValues = onlyValues
    }

    private func mark(_ type: TypeDeclaration) -> TypeDeclaration {
        switch type {
        // The value of a wrapper is the message.
        case .structure(var structure) where !structure.isWrapper:
            for index in structure.properties.indices {
                let property = structure.properties[index]
                guard property.isRequired, property.constant == nil else { continue }
                structure.properties[index].constant = onlyValue(of: property.type)
            }
            return .structure(structure)
        case .tuple(var tuple):
            for index in tuple.elements.indices {
                let element = tuple.elements[index]
                guard !element.isOptional, element.constant == nil else { continue }
                tuple.elements[index].constant = onlyValue(of: element.type)
            }
            return .tuple(tuple)
        case .structure, .union, .enumeration, .constants: return type
        }
    }

    private func onlyValue(of type: SwiftType) -> OnlyValue? {
        switch type {
        case .null: .null
        case .enumeration(let path), .composite(let path): onlyValues[path]
        default: nil
        }
    }
}
