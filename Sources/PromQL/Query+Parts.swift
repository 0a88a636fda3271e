/// A query that is folded, and how many of its parts have been.
private struct OpenFold {
    let query: Query
    /// Where the values of its parts begin.
    let firstValue: Int
    private let parts: [Query]
    private var count = 0

    init(query: Query, firstValue: Int) {
        self.query = query
        self.firstValue = firstValue
        parts = query.parts
    }

    mutating func nextPart() -> Query? {
        guard count < parts.count else { return nil }
        count += 1
        return parts[count - 1]
    }
}

/// Walks over the parts of a query.
extension Query {
    /// The queries that it is made of, in the order of the text.
    var parts: [Query] {
        switch node {
        case .number, .string, .selector: []
        case .subquery(let subquery): [subquery.query]
        case .parenthesized(let inner), .unary(_, let inner): [inner]
        case .chain(let chain): [chain.first] + chain.links.map(\.operand)
        case .aggregation(let aggregation): [aggregation.parameter, aggregation.operand].compactMap(\.self)
        case .call(let call): call.arguments
        }
    }

    /// Works out a value of each part from those of its own parts, and so that of the whole, however deep it is.
    func folded<Value>(_ value: (Query, [Value]) -> Value) -> Value {
        // The values of all open queries' parts, one after the other: a list of each query's own would be copied with it.
        var values: [Value] = []
        var open = [OpenFold(query: self, firstValue: 0)]
        while true {
            let last = open.count - 1
            if let part = open[last].nextPart() {
                open.append(OpenFold(query: part, firstValue: values.count))
                continue
            }
            let done = open.removeLast()
            let result = value(done.query, Array(values[done.firstValue...]))
            if open.isEmpty { return result }
            values.removeSubrange(done.firstValue...)
            values.append(result)
        }
    }

    /// The query inside any parentheses around it.
    var unparenthesized: Query {
        var query = self
        while case .parenthesized(let inner) = query.node { query = inner }
        return query
    }
}

// MARK: Equality

extension Query {
    package static func == (left: Query, right: Query) -> Bool {
        var pairs = [(left, right)]
        while let (left, right) = pairs.popLast() {
            let (leftParts, rightParts) = (left.parts, right.parts)
            guard leftParts.count == rightParts.count, left.node.isEqual(but: right.node) else { return false }
            pairs += zip(leftParts, rightParts)
        }
        return true
    }
}

extension Query.Node {
    /// Whether two nodes are equal but for their parts.
    fileprivate func isEqual(but other: Self) -> Bool {
        switch (self, other) {
        case (.number(let left), .number(let right)): return left == right
        case (.string(let left), .string(let right)): return left == right
        case (.selector(let left), .selector(let right)): return left == right
        case (.subquery(let left), .subquery(let right)):
            return left.window == right.window && left.step == right.step && left.time == right.time
        case (.parenthesized, .parenthesized): return true
        case (.unary(let left, _), .unary(let right, _)): return left == right
        case (.chain(let left), .chain(let right)):
            return zip(left.links, right.links).allSatisfy { left, right in
                left.operation == right.operation && left.returnsBool == right.returnsBool
                    && left.matching == right.matching
            }
        case (.aggregation(let left), .aggregation(let right)):
            return left.operation == right.operation && left.grouping == right.grouping
        case (.call(let left), .call(let right)): return left.name == right.name
        case (.number, _), (.string, _), (.selector, _), (.subquery, _), (.parenthesized, _), (.unary, _), (.chain, _),
            (.aggregation, _), (.call, _):
            return false
        }
    }
}
