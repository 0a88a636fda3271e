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
        case .chain(let chain): mutants(of: chain)
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

    private func mutants(of chain: Chain) -> [QueryMutant] {
        var mutants = chain.first.mutants.map { mutant in
            var changed = chain
            changed.first = mutant.query
            return with(.chain(changed), mutant.change)
        }
        for (index, link) in chain.links.enumerated() {
            // A product is a limit and an error budget: one of its factors is enough.
            if link.operation != .multiply {
                mutants += link.operand.mutants.map { mutant in
                    var changed = chain
                    changed.links[index].operand = mutant.query
                    return with(.chain(changed), mutant.change)
                }
            }
            guard link.operation.isSetOperator else { continue }
            var changed = chain
            changed.links[index].operation = link.operation == .and ? .or : .and
            mutants.append(
                with(.chain(changed), "\(changed.links[index].operation.rawValue) before \(link.operand)"))
            let left = index == 0 ? chain.first : with(.chain(chain.prefix(index)), "").query
            mutants.append(QueryMutant(change: "only \(left)", query: left))
            mutants.append(QueryMutant(change: "only \(link.operand)", query: link.operand))
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
        case .chain(var chain):
            chain.first = chain.first.mapped(change)
            for index in chain.links.indices { chain.links[index].operand = chain.links[index].operand.mapped(change) }
            node = .chain(chain)
        case .number, .string, .selector, .subquery, .unary: break
        }
        var query = self
        query.node = change(node)
        return query
    }
}

extension Query.Chain {
    /// What stands before an operator.
    fileprivate func prefix(_ count: Int) -> Query.Chain {
        var chain = self
        chain.links = Array(links.prefix(count))
        return chain
    }
}
