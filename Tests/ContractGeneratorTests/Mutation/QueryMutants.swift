import PromQL

/// A rule with one mistake in it.
struct QueryMutant {
    /// What was changed, for who reads that no test has noticed.
    var change: String
    var query: Query
}

extension Query {
    /// This query with each mistake that a hand, or a generator, is likely to make.
    var mutants: [QueryMutant] {
        switch node {
        case .number(let number): mutants(of: number)
        case .selector(let selector): mutants(of: selector)
        case .parenthesized(let inner): inner.mutants.map { with(.parenthesized($0.query), $0.change) }
        case .aggregation(var aggregation):
            aggregation.operand.mutants.map { mutant in
                aggregation.operand = mutant.query
                return with(.aggregation(aggregation), mutant.change)
            }
        case .call(let call): mutants(of: call)
        case .binary(let binary): mutants(of: binary)
        case .string, .subquery, .unary: []
        }
    }

    private func with(_ node: Node, _ change: String) -> QueryMutant {
        var query = self
        query.node = node
        return QueryMutant(change: change, query: query)
    }

    private func mutants(of number: Number) -> [QueryMutant] {
        let values = number.value == 0 ? [0.2] : [0.9, 1.1, 2].map { number.value * $0 }
        return values.map { value in
            var changed = number
            changed.value = value
            return with(.number(changed), "\(number.value) is \(value)")
        }
    }

    private func mutants(of selector: Selector) -> [QueryMutant] {
        var mutants: [QueryMutant] = []
        for index in selector.matchers.indices where selector.matchers[index].label.text != "le" {
            var changed = selector
            let matcher = changed.matchers.remove(at: index)
            mutants.append(with(.selector(changed), "no \(matcher.label.text)"))
        }
        if let window = selector.window {
            for other in [window / 5, window / 2, window * 2, window * 20] {
                var changed = selector
                changed.window = other
                mutants.append(with(.selector(changed), "\(changed) for \(selector)"))
            }
        }
        if selector.time.offset != nil {
            var changed = selector
            changed.time.offset = nil
            mutants.append(with(.selector(changed), "no offset"))
        }
        return mutants
    }

    private func mutants(of call: Call) -> [QueryMutant] {
        var mutants = call.arguments.indices.flatMap { index in
            call.arguments[index].mutants.map { mutant in
                var changed = call
                changed.arguments[index] = mutant.query
                return with(
                    .call(changed),
                    mutant.change.hasPrefix("no ") ? "\(mutant.change) in \(call.name.text)" : mutant.change)
            }
        }
        if call.name.text == "rate" {
            var changed = call
            changed.name.text = "irate"
            mutants.append(with(.call(changed), "irate(\(call.arguments[0]))"))
        }
        return mutants
    }

    private func mutants(of binary: Binary) -> [QueryMutant] {
        var mutants: [QueryMutant] = []
        for (side, operand) in [(\Binary.left, binary.left), (\Binary.right, binary.right)] {
            // A product is a limit and an error budget: one of its factors is enough.
            if binary.operation == .multiply, side == \.right { continue }
            mutants += operand.mutants.map { mutant in
                var changed = binary
                changed[keyPath: side] = mutant.query
                return with(.binary(changed), mutant.change)
            }
        }
        if binary.operation.isSetOperator {
            var changed = binary
            changed.operation = binary.operation == .and ? .or : .and
            mutants.append(with(.binary(changed), "\(changed.operation.rawValue) before \(binary.right)"))
            mutants.append(QueryMutant(change: "only \(binary.left)", query: binary.left))
            mutants.append(QueryMutant(change: "only \(binary.right)", query: binary.right))
        }
        return mutants
    }

    /// This query with all of its windows as much longer or shorter, or looking at its last two samples only.
    var wholesaleMutants: [QueryMutant] {
        var mutants = [(1, 2), (2, 1)].map { factor, divisor in
            QueryMutant(
                change: "all windows times \(factor)/\(divisor)",
                query: mapped {
                    guard case .selector(var selector) = $0, let window = selector.window else { return $0 }
                    selector.window = window * Int64(factor) / Int64(divisor)
                    return .selector(selector)
                })
        }
        mutants.append(
            QueryMutant(
                change: "irate throughout",
                query: mapped {
                    guard case .call(var call) = $0, call.name.text == "rate" else { return $0 }
                    call.name.text = "irate"
                    return .call(call)
                }))
        return mutants.filter { $0.query != self }
    }

    /// This query with each part changed, from the leaves up.
    func mapped(_ change: (Node) -> Node) -> Query {
        var node = node
        switch node {
        case .parenthesized(let inner): node = .parenthesized(inner.mapped(change))
        case .aggregation(var aggregation):
            aggregation.operand = aggregation.operand.mapped(change)
            node = .aggregation(aggregation)
        case .call(var call):
            call.arguments = call.arguments.map { $0.mapped(change) }
            node = .call(call)
        case .binary(var binary):
            binary.left = binary.left.mapped(change)
            binary.right = binary.right.mapped(change)
            node = .binary(binary)
        case .number, .string, .selector, .subquery, .unary: break
        }
        var query = self
        query.node = change(node)
        return query
    }
}
