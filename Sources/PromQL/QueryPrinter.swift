/// The canonical text of a query, which reads as the same query again.
extension Query: CustomStringConvertible {
    package var description: String { node.description }
}

extension Query.Node: CustomStringConvertible {
    package var description: String {
        switch self {
        case .number(let number): QueryLiteral.text(of: number.value)
        case .string(let string): QueryLiteral.quoted(string)
        case .selector(let selector): selector.description
        case .subquery(let subquery): subquery.description
        case .parenthesized(let inner): "(\(inner))"
        case .unary(let sign, let operand): "\(sign.rawValue)\(operand)"
        case .binary(let binary): binary.description
        case .aggregation(let aggregation): aggregation.description
        case .call(let call): "\(call.name.text)(\(call.arguments.map(\.description).joined(separator: ", ")))"
        }
    }
}

extension Query.Selector: CustomStringConvertible {
    package var description: String {
        var text = name?.text ?? ""
        if name == nil || !matchers.isEmpty {
            let list = matchers.map { "\($0.label.text)\($0.operation.rawValue)\(QueryLiteral.quoted($0.value.text))" }
            text += "{\(list.joined(separator: ", "))}"
        }
        if let window { text += "[\(QueryLiteral.text(ofMilliseconds: window))]" }
        return text + time.description
    }
}

extension Query.Subquery: CustomStringConvertible {
    package var description: String {
        let step = step.map(QueryLiteral.text(ofMilliseconds:)) ?? ""
        return "\(query)[\(QueryLiteral.text(ofMilliseconds: window)):\(step)]\(time)"
    }
}

extension Query.TimeModifiers: CustomStringConvertible {
    package var description: String {
        var text = ""
        switch at {
        case .timestamp(let milliseconds):
            let fraction = milliseconds.magnitude % 1000
            text += " @ \(milliseconds < 0 ? "-" : "")\(milliseconds.magnitude / 1000)"
            if fraction > 0 { text += "." + String(String(fraction + 1000).dropFirst()) }
        case .start: text += " @ start()"
        case .end: text += " @ end()"
        case nil: break
        }
        if let offset { text += " offset \(QueryLiteral.text(ofMilliseconds: offset))" }
        return text
    }
}

extension Query.Binary: CustomStringConvertible {
    package var description: String {
        let modifier = (returnsBool ? " bool" : "") + (matching.map { " \($0)" } ?? "")
        return "\(left) \(operation.rawValue)\(modifier) \(right)"
    }
}

extension Query.Matching: CustomStringConvertible {
    package var description: String {
        // The included labels are always printed: parentheses of the operand would be read as their list.
        let group = many.map { " \($0.rawValue) (\(included.map(\.text).joined(separator: ", ")))" } ?? ""
        return "\(kind.rawValue) (\(labels.map(\.text).joined(separator: ", ")))\(group)"
    }
}

extension Query.Aggregation: CustomStringConvertible {
    package var description: String {
        let group = grouping.map { " \($0.kind.rawValue) (\($0.labels.map(\.text).joined(separator: ", "))) " } ?? ""
        let parameter = parameter.map { "\($0), " } ?? ""
        return "\(operation.rawValue)\(group)(\(parameter)\(operand))"
    }
}
