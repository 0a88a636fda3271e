import SchemaCompiler

extension TupleType {
    /// The properties of the `struct`: elements, and the list of all further ones. One with a constant is not a parameter
    /// of the initializer.
    var members: [(name: String, type: String, defaultArgument: String, constant: String?)] {
        var members = elements.map { element in
            let isOptional = element.isOptional && !element.type.mayBeNull
            return (
                name: element.name, type: element.type.name(in: path) + (isOptional ? "?" : ""),
                defaultArgument: element.isOptional ? " = \(element.type.mayBeNull ? ".absent" : "nil")" : "",
                constant: element.constant?.source
            )
        }
        if let rest {
            members.append(
                (name: "rest", type: "[\(rest.name(in: path))]", defaultArgument: " = []", constant: nil))
        }
        return members
    }
}
