import ContractModel

/// The canonical text of an expression. Parsing it results in an equal expression.
extension Expression: CustomStringConvertible {
    package var description: String {
        folded { (expression: Expression, parts: [String]) in expression.text(ofParts: parts) }
    }

    /// The text in which expressions of one meaning are equal, whatever the order of their labels, matchers and summands.
    package var normalForm: String {
        folded { (expression: Expression, parts: [String]) in expression.normalText(ofParts: parts) }
    }

    private func normalText(ofParts parts: [String]) -> String {
        switch node {
        case .vectorSelector(let selector): return selector.description(range: nil, isNormal: true)
        case .matrixSelector(let matrix): return matrix.vectorSelector.description(range: matrix.range, isNormal: true)
        case .parenthesized(let inner):
            if case .binary = inner.unparenthesized.node { break }
            return parts.joined()
        case .binary(let binary):
            if let first = binary.operations.first, [.add, .multiply].contains(first.binaryOperator),
                binary.operations.allSatisfy({ $0.binaryOperator == first.binaryOperator && $0.matching == nil })
            {
                return parts.sorted().joined(separator: " \(first.binaryOperator.rawValue) ")
            }
            return zip(binary.operations, parts.dropFirst()).reduce(into: parts.first ?? "") { text, part in
                var operation = part.0
                operation.matching?.labels.sort { $0.text < $1.text }
                text += " \(operation.prefix) \(part.1)"
            }
        case .aggregation(var aggregation):
            aggregation.grouping?.labels.sort { $0.text < $1.text }
            return "\(aggregation.prefix)(\(parts.joined(separator: ", ")))"
        case .number, .string, .subquery, .unary, .call: break
        }
        return text(ofParts: parts)
    }

    private func text(ofParts parts: [String]) -> String {
        switch node {
        case .number(let number): PromQLLiteral.text(of: number.value)
        case .string(let string): PromQLLiteral.quoted(string)
        case .vectorSelector(let selector): selector.description
        case .matrixSelector(let matrix): matrix.description
        case .subquery(let subquery): parts.joined() + subquery.suffix
        case .parenthesized: "(\(parts.joined()))"
        case .unary(let sign, _): sign.rawValue + parts.joined()
        case .binary(let binary):
            zip(binary.operations, parts.dropFirst()).reduce(into: parts.first ?? "") {
                $0 += " \($1.0.prefix) \($1.1)"
            }
        case .aggregation(let aggregation): "\(aggregation.prefix)(\(parts.joined(separator: ", ")))"
        case .call(let call): "\(call.name.text)(\(parts.joined(separator: ", ")))"
        }
    }
}

extension Expression.MatrixSelector: CustomStringConvertible {
    package var description: String { vectorSelector.description(range: range) }
}

extension Expression.VectorSelector: CustomStringConvertible {
    package var description: String { description(range: nil) }

    /// - Parameter isNormal: Whether matchers are sorted, and patterns of one text written as that text.
    fileprivate func description(range: Duration?, isNormal: Bool = false) -> String {
        var text = name?.text ?? ""
        if name == nil || !matchers.isEmpty {
            var list = matchers.map { matcher in
                let operation = isNormal ? matcher.plainOperation : matcher.operation
                return "\(matcher.label.text)\(operation.rawValue)\(PromQLLiteral.quoted(matcher.value.text))"
            }
            if isNormal { list.sort() }
            text += "{\(list.joined(separator: ","))}"
        }
        if let range { text += "[\(PrometheusDuration.text(of: range))]" }
        return text + time.description
    }
}

extension Expression.Matcher {
    /// The operation, with that of texts for a pattern of one text.
    fileprivate var plainOperation: Operator {
        switch operation {
        case .matches where pattern?.listedValues == [value.text]: .equal
        case .doesNotMatch where pattern?.listedValues == [value.text]: .notEqual
        case .equal, .notEqual, .matches, .doesNotMatch: operation
        }
    }
}

extension Expression.Subquery {
    fileprivate var suffix: String {
        let step = step.map(PrometheusDuration.text(of:)) ?? ""
        return "[\(PrometheusDuration.text(of: range)):\(step)]\(time)"
    }
}

extension Expression.TimeModifiers: CustomStringConvertible {
    package var description: String {
        var text = ""
        switch at {
        case .timestamp(let time):
            let milliseconds = time.milliseconds
            let fraction = milliseconds.magnitude % 1000
            text += " @ \(milliseconds < 0 ? "-" : "")\(milliseconds.magnitude / 1000)"
            if fraction > 0 { text += "." + String(String(fraction + 1000).dropFirst()) }
        case .start: text += " @ start()"
        case .end: text += " @ end()"
        case nil: break
        }
        if let offset { text += " offset \(PrometheusDuration.text(of: offset))" }
        return text
    }
}

extension Expression.BinaryOperation {
    /// The operator with its modifiers.
    fileprivate var prefix: String {
        binaryOperator.rawValue + (returnsBool ? " bool" : "") + (matching.map { " \($0)" } ?? "")
    }
}

extension Expression.VectorMatching: CustomStringConvertible {
    package var description: String {
        // The list of included labels is never omitted: a parenthesis of the operand would be parsed as that list.
        let group = manySide.map { " \($0.rawValue) (\(included.map(\.text).joined(separator: ", ")))" } ?? ""
        return "\(kind.rawValue) (\(labels.map(\.text).joined(separator: ", ")))\(group)"
    }
}

extension Expression.Aggregation {
    fileprivate var prefix: String {
        let group = grouping.map { " \($0.kind.rawValue) (\($0.labels.map(\.text).joined(separator: ", "))) " }
        return operation.rawValue + (group ?? "")
    }
}
