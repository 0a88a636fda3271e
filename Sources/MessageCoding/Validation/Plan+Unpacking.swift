import SchemaPlan
import JSONTape

extension Plan {
    /// Reads a plan that the generator has written.
    ///
    /// - Parameter tests: The functions of the plan's patterns, in order.
    init(packed text: StaticString, patterns tests: [SchemaPattern.Test]) {
        var reader = PackedTextReader(text)
        self.init()
        subplans = reader.list { reader in
            let count = reader.number()
            let flags = reader.number()
            let start = Int32(steps.count)
            for _ in 0..<count { steps.append(reader.step()) }
            return Subplan(
                steps: start..<Int32(steps.count), marksEvaluated: flags & 1 != 0, opensEvaluation: flags & 2 != 0)
        }
        var previous = ""
        keywords = reader.list { reader in
            let shared = reader.number()
            previous = String(previous.unicodeScalars.prefix(shared)) + reader.string()
            return Keyword(relative: JSONPointer(), schema: previous, absolute: "")
        }
        values = reader.list { reader in
            let isOpen = reader.flag()
            var set = ValueSet(JSONValue.elements(ofArray: reader.string()))
            set.isOpen = isOpen
            return set
        }
        let sources = reader.list { $0.string() }
        precondition(sources.count == tests.count, "a packed plan that the generator has not written")
        patterns = zip(sources, tests).map { PatternCheck(source: $0, expression: SchemaPattern($1)) }
        bounds = reader.list { reader in
            let flags = reader.number()
            let bound = Bound(
                side: flags & 1 != 0 ? .maximum : .minimum, value: JSONNumber(literal: reader.string()) ?? 0,
                isExclusive: flags & 2 != 0)
            return BoundCheck(bound: bound)
        }
        divisors = reader.list { JSONNumber(literal: $0.string()) ?? 0 }
        items = reader.list { reader in
            ItemsCheck(
                prefix: reader.list { $0.part() }, rest: reader.part(), evaluatesRest: reader.flag())
        }
        contains = reader.list { reader in
            ContainsCheck(
                part: reader.part(), minimum: reader.number(), maximum: reader.number(),
                minimumKeyword: reader.numberOrNone(), maximumKeyword: reader.numberOrNone(),
                marksEvaluated: reader.flag())
        }
        members = reader.list { $0.members() }
        branches = reader.list { $0.requiredPart() }
        conditions = reader.list { reader in
            Condition(condition: reader.requiredPart(), then: reader.part(), otherwise: reader.part())
        }
        selections = reader.list { reader in
            let member = KeyTable([reader.string()])
            let values = reader.list { (text: $0.string(), branch: $0.index()) }
            return SelectionCheck(
                member: member, values: KeyTable(values.map(\.text)), branches: values.map(\.branch),
                parts: reader.branches())
        }
        dependents = reader.list { reader in
            DependentCheck(name: reader.string(), required: reader.list { $0.string() }, part: reader.part())
        }
        roots = reader.list { SubplanID($0.number()) }
    }
}

extension JSONValue {
    fileprivate static func elements(ofArray text: String) -> [JSONValue] {
        guard let tape = try? JSONTape(parsing: Array(text.utf8)), case .array(let values)? = try? tape.value(at: .root)
        else { preconditionFailure("a packed plan that the generator has not written") }
        return values
    }
}
