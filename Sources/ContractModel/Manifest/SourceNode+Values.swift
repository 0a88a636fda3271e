import JSONTape

extension SourceNode {
    func string(_ subject: String, diagnostics: inout Diagnostics) -> Located<String>? {
        if case .string(let text) = content { return Located(text, at: location) }
        let isScalar =
            switch content {
            case .number, .bool: true
            case .null, .string, .sequence, .mapping: false
            }
        diagnostics.error(
            .wrongType, at: location, "\(subject) must be a string, found \(kindName)",
            hint: isScalar ? "put it in quotes to mean the text" : nil)
        return nil
    }
}

extension SourceNode {
    func number(_ subject: String, diagnostics: inout Diagnostics) -> Located<Double>? {
        if case .number(let number) = content, number.doubleValue.isFinite {
            return Located(number.doubleValue, at: location)
        }
        diagnostics.error(.wrongType, at: location, "\(subject) must be a number, found \(shown)")
        return nil
    }

    /// The source text of a scalar, or the kind of another node.
    var shown: String {
        if case .string(let text) = content { "'\(text)'" } else { kindName }
    }
}
