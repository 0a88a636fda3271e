import SchemaCompiler

extension StructType {
    /// The type's path as code outside of the type writes it.
    var qualifiedName: String { path.qualifiedName }

    /// The type of the property for unnamed members; `nil` where they are not kept.
    var additionalTypeName: String? {
        additional.map { type in
            let members = type == .value ? "JSONObject" : "[String: \(type.name(in: path))]"
            return isAdditionalSensitive ? "Sensitive<\(members)>" : members
        }
    }

    /// The parameters of the initializer: all properties that are not constant.
    var parameters: [String] {
        if isWrapper, let property = properties.first {
            return ["_ \(property.name): \(property.typeName(in: self))"]
        }
        let named = properties.filter { $0.constant == nil }.map { property in
            "\(SwiftName.parameter(property.name)): \(property.typeName(in: self))\(property.defaultArgument)"
        }
        return named + (additionalTypeName.map { ["\(additionalName): \($0) = \(noAdditionalMembers)"] } ?? [])
    }

    /// The property for unnamed members without any.
    var noAdditionalMembers: String { isAdditionalSensitive ? "Sensitive([:])" : "[:]" }

    /// The unnamed members of a value of the type.
    var additionalMembers: String { isAdditionalSensitive ? "\(additionalName).reveal()" : additionalName }
}
