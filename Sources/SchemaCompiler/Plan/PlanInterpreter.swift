package import JSONTape

/// Runs a ``ValidationPlan`` as it is, for tools that have a contract but not the code generated from it.
package struct PlanInterpreter {
    private let plan: ValidationPlan
    private let rules: EventRules

    package init(plan: ValidationPlan, rules: EventRules) {
        self.plan = plan
        self.rules = rules
    }

    /// All that a value breaks, in the order in which generated code finds it.
    ///
    /// - Parameter value: The message on the tape, such as the value of a record.
    package func failures(in tape: borrowing JSONTape, from value: JSONTape.Index = .root) -> [ValidationFailure] {
        var report = AllFailures()
        check(plan.root, tape, at: value, &report)
        checkEvent(tape, from: value, &report)
        return report.failures
    }

    private func check(
        _ id: ValidationPlan.SubplanID, _ tape: borrowing JSONTape, at node: JSONTape.Index, _ report: inout AllFailures
    ) {
        let subplan = plan[id]
        for instruction in subplan.instructions {
            if let subject = instruction.subject, !subject.matches(tape, at: node) { continue }
            let location = plan.location(of: instruction.keyword, in: subplan)
            switch instruction {
            case .items(let items):
                var element = tape.first(in: node)
                let end = tape.end(of: node)
                while element != end {
                    check(items, tape, at: element, &report)
                    element = tape.end(of: element)
                }
            case .members(let members):
                check(members, of: subplan, tape, at: node, &report)
            default:
                guard !instruction.holds(tape, at: node) else { continue }
                _ = report.expected(instruction.expectation, at: node, of: tape, by: location)
                if instruction.keyword == "type" { return }
            }
        }
    }

    private func check(
        _ members: ValidationPlan.Members, of subplan: ValidationPlan.Subplan, _ tape: borrowing JSONTape,
        at node: JSONTape.Index, _ report: inout AllFailures
    ) {
        var seen: Set<JSONName> = []
        var key = tape.first(in: node)
        let end = tape.end(of: node)
        while key != end {
            let value = tape.value(ofKey: key)
            let name = JSONName(tape.string(at: key))
            if let member = members.member(name) {
                if !seen.insert(name).inserted {
                    _ = report.duplicate(key, of: tape, by: plan.location(of: "properties", in: subplan))
                }
                check(member.subplan, tape, at: value, &report)
            } else {
                switch members.others {
                case .allowed: break
                case .refused:
                    _ = report.unexpected(key, of: tape, by: plan.location(of: "additionalProperties", in: subplan))
                case .checked(let others):
                    report.enter(key, of: tape)
                    check(others, tape, at: value, &report)
                }
            }
            key = tape.end(of: value)
        }
        for member in members.members where member.isRequired && !seen.contains(JSONName(member.name)) {
            _ = report.missing(member.name, in: node, of: tape, by: plan.location(of: "required", in: subplan))
        }
    }

    private func checkEvent(
        _ tape: borrowing JSONTape, from value: JSONTape.Index, _ report: inout AllFailures
    ) {
        var event: JSONTape.Index?
        if let discriminator = rules.discriminator {
            guard let found = tape.find(discriminator, from: value) else { return }
            event = found
        }
        for rule in rules.rules where event.map({ tape.string(at: $0, equals: rule.event) }) ?? true {
            for fixed in rule.fixed {
                let parent = tape.find(fixed.pointer.parent, from: value)
                _ = report.require(
                    fixed.pointer.tokens.last ?? "", in: parent, of: tape, toEqual: fixed.value,
                    by: "\(rule.location)/fixed")
            }
            for pointer in rule.required {
                guard let parent = tape.find(pointer.parent, from: value),
                    tape.find(pointer, from: value) == nil
                else { continue }
                _ = report.missing(
                    pointer.tokens.last ?? "", in: parent, of: tape, by: "\(rule.location)/requires")
            }
            for pointer in rule.forbidden {
                _ = report.require(
                    no: pointer.tokens.last ?? "", in: tape.find(pointer.parent), of: tape,
                    by: "\(rule.location)/forbids")
            }
        }
    }
}

extension JSONPointer {
    /// The pointer to what holds the value that this one points to.
    package var parent: JSONPointer { JSONPointer(tokens: tokens.dropLast()) }
}

extension JSONType {
    fileprivate func matches(_ tape: borrowing JSONTape, at node: JSONTape.Index) -> Bool {
        switch (self, tape.kind(at: node)) {
        case (.null, .null), (.boolean, .true), (.boolean, .false), (.number, .number), (.string, .string),
            (.array, .array), (.object, .object):
            true
        case (.integer, .number): tape.isInteger(at: node)
        default: false
        }
    }
}

extension ValidationPlan.Instruction {
    /// Whether a value of the instruction's subject is as it wants; always true of those that look inside.
    fileprivate func holds(_ tape: borrowing JSONTape, at node: JSONTape.Index) -> Bool {
        switch self {
        case .type(let type): return type.matches(tape, at: node)
        case .integerLiteral: return tape.isIntegerLiteral(at: node)
        case .enumeration(let values, _, _):
            guard tape.kind(at: node) == .string else { return false }
            let text = JSONName(tape.string(at: node))
            return values.contains { JSONName($0) == text }
        case .minimumLength(let count): return tape.scalarCount(at: node) >= count
        case .maximumLength(let count): return tape.scalarCount(at: node) <= count
        case .format(let format, _): return tape.string(at: node, has: format)
        case .minimum(let bound): return tape.number(at: node) >= bound
        case .maximum(let bound): return tape.number(at: node) <= bound
        case .exclusiveMinimum(let bound): return tape.number(at: node) > bound
        case .exclusiveMaximum(let bound): return tape.number(at: node) < bound
        case .multipleOf(let divisor): return tape.number(at: node).isMultiple(of: divisor)
        case .minimumItems(let count), .minimumProperties(let count): return tape.count(at: node) >= count
        case .maximumItems(let count), .maximumProperties(let count): return tape.count(at: node) <= count
        case .items, .members: return true
        }
    }
}
