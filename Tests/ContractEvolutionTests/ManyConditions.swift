/// Conditions each of which the solver decides within the decision of another.
enum ManyConditions: CaseIterable {
    case alternatives, dependentAlternatives

    /// Returns a schema with a number of conditions.
    func schema(_ count: Int) -> String {
        let parts = (0..<count).map { number in
            switch self {
            case .alternatives: #"{"anyOf": [{"required": ["q\#(number)"]}, {"required": ["r\#(number)"]}]}"#
            case .dependentAlternatives:
                #""p\#(number)": {"anyOf": [{"required": ["q\#(number)"]}, {"required": ["r\#(number)"]}]}"#
            }
        }.joined(separator: ", ")
        return switch self {
        case .alternatives: #"{"type": "object", "allOf": [\#(parts)]}"#
        case .dependentAlternatives: #"{"type": "object", "dependentSchemas": {\#(parts)}}"#
        }
    }
}
