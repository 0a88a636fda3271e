import ContractModel

/// The canonical text of a query, which reads as the same query again.
extension Query: CustomStringConvertible {
    package var description: String {
        folded { (query: Query, parts: [String]) in query.text(ofParts: parts) }
    }

    private func text(ofParts parts: [String]) -> String {
        switch node {
        case .number(let number): QueryLiteral.text(of: number.value)
        case .string(let string): QueryLiteral.quoted(string)
        case .selector(let selector): selector.description
        case .subquery(let subquery): parts.joined() + subquery.suffix
        case .parenthesized: "(\(parts.joined()))"
        case .unary(let sign, _): sign.rawValue + parts.joined()
        case .chain(let chain):
            zip(chain.links, parts.dropFirst()).reduce(into: parts.first ?? "") { $0 += " \($1.0.prefix) \($1.1)" }
        case .aggregation(let aggregation): "\(aggregation.prefix)(\(parts.joined(separator: ", ")))"
        case .call(let call): "\(call.name.text)(\(parts.joined(separator: ", ")))"
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
        if let window { text += "[\(PrometheusDuration.text(ofMilliseconds: window))]" }
        return text + time.description
    }
}

extension Query.Subquery {
    fileprivate var suffix: String {
        let step = step.map(PrometheusDuration.text(ofMilliseconds:)) ?? ""
        return "[\(PrometheusDuration.text(ofMilliseconds: window)):\(step)]\(time)"
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
        if let offset { text += " offset \(PrometheusDuration.text(ofMilliseconds: offset))" }
        return text
    }
}

extension Query.Link {
    /// The operator with what modifies it.
    fileprivate var prefix: String {
        operation.rawValue + (returnsBool ? " bool" : "") + (matching.map { " \($0)" } ?? "")
    }
}

extension Query.Matching: CustomStringConvertible {
    package var description: String {
        // The included labels are always printed: parentheses of the operand would be read as their list.
        let group = many.map { " \($0.rawValue) (\(included.map(\.text).joined(separator: ", ")))" } ?? ""
        return "\(kind.rawValue) (\(labels.map(\.text).joined(separator: ", ")))\(group)"
    }
}

extension Query.Aggregation {
    fileprivate var prefix: String {
        let group = grouping.map { " \($0.kind.rawValue) (\($0.labels.map(\.text).joined(separator: ", "))) " }
        return operation.rawValue + (group ?? "")
    }
}
