/// The four types of PromQL's values.
package enum QueryType: String, Sendable {
    case scalar
    case vector = "instant vector"
    case matrix = "range vector"
    case string

    /// With its article, as a message needs it.
    package var described: String { self == .vector ? "an \(rawValue)" : "a \(rawValue)" }
}

extension Query {
    /// The type of the query's value, where its parts have the types that they should.
    package var type: QueryType { folded { query, types in query.type(ofParts: types) } }

    func type(ofParts types: [QueryType]) -> QueryType {
        switch node {
        case .number: .scalar
        case .string: .string
        case .selector(let selector): selector.window == nil ? .vector : .matrix
        case .subquery: .matrix
        case .parenthesized, .unary: types.first ?? .vector
        case .chain: types.allSatisfy { $0 == .scalar } ? .scalar : .vector
        case .aggregation: .vector
        case .call(let call): call.function.result
        }
    }
}
