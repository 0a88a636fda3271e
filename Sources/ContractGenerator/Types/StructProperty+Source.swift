import SchemaCompiler

extension StructProperty {
    /// Returns the type of the stored property, as its structure writes it.
    func typeName(in structure: StructType) -> String {
        type.name(in: structure.path) + (isOptional ? "?" : "")
    }

    /// ` = nil` where the property may be left out, ` = "1.0"` where it has a default.
    var defaultArgument: String { absentSource.map { " = " + $0 } ?? "" }

    /// The expression for an absent member; `nil` for a required one.
    var absentSource: String? {
        if isRequired { return nil }
        if let defaultValue { return defaultValue.source }
        if case .nullable = type { return ".absent" }
        return "nil"
    }

    /// The initial value of a box, which is not an optional with a default of `nil`.
    var initialValue: String { absentSource.map { " = Boxed(\($0))" } ?? "" }

    /// The stored property of a value that is stored apart.
    var boxName: String { SwiftName.member("boxed_" + jsonName) }

    /// The name of the stored property.
    var fieldName: String { isBoxed ? boxName : storedName }

    /// The stored property, as an initializer assigns it.
    var target: String { "self.\(fieldName)" }

    /// Returns the value, as an initializer assigns it to the stored property.
    func stored(_ value: String) -> String { isBoxed ? "Boxed(\(value))" : value }

    /// Returns the statement with which an initializer assigns a value.
    func assignment(of value: String) -> String { "\(target) = \(stored(value))" }
}
