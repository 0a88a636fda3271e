import JSONTape
import SchemaPlan

extension Plan {
    /// The plan as a string, from which generated code reads it again: without the paths to its parts, and without the
    /// absolute locations of its keywords.
    var packed: String {
        var writer = PackedTextWriter()
        writer.append(subplans) { writer, subplan in
            writer.append(subplan.steps.count)
            writer.append((subplan.marksEvaluated ? 1 : 0) | (subplan.opensEvaluation ? 2 : 0))
            for index in subplan.steps { writer.append(steps[Int(index)]) }
        }
        var previous = ""
        writer.append(keywords) { writer, keyword in
            let shared = sharedScalars(previous, keyword.schema)
            writer.append(shared)
            writer.append(String(keyword.schema.unicodeScalars.dropFirst(shared)))
            previous = keyword.schema
        }
        writer.append(values) { writer, set in
            writer.append(set.isOpen)
            writer.append(JSONValue.array(set.values).jsonText)
        }
        writer.append(patterns) { $0.append($1.source) }
        writer.append(bounds) { writer, check in
            writer.append((check.bound.side == .maximum ? 1 : 0) | (check.bound.isExclusive ? 2 : 0))
            writer.append(check.bound.value.description)
        }
        writer.append(divisors) { $0.append($1.description) }
        writer.append(items) { writer, check in
            writer.append(check.prefix) { $0.append($1) }
            writer.append(check.rest)
            writer.append(check.evaluatesRest)
        }
        writer.append(contains) { writer, check in
            writer.append(check.part)
            writer.append(check.minimum)
            writer.append(check.maximum)
            writer.append(orNone: check.minimumKeyword)
            writer.append(orNone: check.maximumKeyword)
            writer.append(check.marksEvaluated)
        }
        writer.append(members) { $0.append($1) }
        writer.append(branches) { $0.append(Optional($1)) }
        writer.append(conditions) { writer, condition in
            writer.append(Optional(condition.condition))
            writer.append(condition.then)
            writer.append(condition.otherwise)
        }
        writer.append(selections) { writer, check in
            writer.append(check.member.names[0])
            writer.append(zip(check.values.names, check.branches).map(\.self)) { writer, value in
                writer.append(value.0)
                writer.append(Int(value.1))
            }
            writer.append(Int(check.parts.lowerBound))
            writer.append(check.parts.count)
        }
        writer.append(dependents) { writer, check in
            writer.append(check.name)
            writer.append(check.required) { $0.append($1) }
            writer.append(check.part)
        }
        writer.append(roots) { $0.append(Int($1.index)) }
        return writer.text
    }

    private func sharedScalars(_ left: String, _ right: String) -> Int {
        zip(left.unicodeScalars, right.unicodeScalars).prefix { $0 == $1 }.count
    }
}
