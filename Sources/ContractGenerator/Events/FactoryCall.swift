package import SchemaCompiler

/// The factory of an event as its callers see it.
package struct FactoryCall {
    package struct Parameter {
        package var label: String
        package var path: PropertyPath
        /// The argument's type, which is not the property's where an event requires a property that may be absent or null.
        package var type: SwiftType
        /// Whether the compiler requires the argument.
        package var isDemanded: Bool
    }

    package let name: String
    /// Empty for a message that is not an object: its factory takes the value.
    package let parameters: [Parameter]
    package let takesWholeValue: Bool

    package init(_ message: CompiledMessage, _ event: CompiledEvent) {
        name = SwiftName.escaped(event.factoryName)
        let message = message.form(of: event)
        guard case .structure(let structure) = message.type, !structure.isWrapper else {
            (parameters, takesWholeValue) = ([], true)
            return
        }
        takesWholeValue = false
        parameters = FactoryModel(message: message, event: event, resolver: message.resolver).parameters
            .compactMap { parameter in
                message.resolver.resolve(parameter.pointer).map {
                    Parameter(
                        label: SwiftName.label(parameter.name), path: $0, type: parameter.type,
                        isDemanded: parameter.defaultArgument.isEmpty)
                }
            }
    }
}
