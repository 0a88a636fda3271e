import SchemaPlan

extension PlanEmitter {
    /// Writes the walk over an array's elements. The value is an array.
    mutating func emit(_ check: Plan.ItemsCheck, to writer: inout SourceWriter) {
        var rest = check.rest.map { condition($0, at: "item") } ?? "true"
        if rest == "false" {
            writer.demand("tape.count(at: node) <= \(check.prefix.count)")
            rest = "true"
        }
        let prefix = check.prefix.map { $0.map { condition($0, at: "item") } ?? "true" }
        let last = rest == "true" ? prefix.lastIndex { $0 != "true" } ?? -1 : prefix.count - 1
        if last >= 0 || rest != "true" {
            writer.scope(sharesScope) { writer in
                writer.line("var item = tape.first(in: node)")
                writer.line("let end = tape.end(of: node)")
                for condition in prefix.prefix(last + 1) {
                    writer.block("if item != end") { writer in
                        writer.demand(condition)
                        if condition != "false" { writer.line("item = tape.end(of: item)") }
                    }
                }
                guard rest != "true" else { return }
                writer.block("while item != end") { writer in
                    writer.demand(rest)
                    writer.line("item = tape.end(of: item)")
                }
            }
        }
        guard isTracking else { return }
        if check.evaluatesRest {
            writer.line("evaluated.insertAll()")
        } else if !check.prefix.isEmpty {
            writer.line(
                "for position in 0..<min(\(check.prefix.count), tape.count(at: node)) { evaluated.insert(position) }")
        }
    }

    /// Writes the count of the elements that are valid by a part. The value is an array.
    mutating func emit(_ check: Plan.ContainsCheck, to writer: inout SourceWriter) {
        let notes = isTracking && check.marksEvaluated
        guard check.minimum > 0 || check.maximum < .max || notes else { return }
        let test = check.part.map { condition($0, at: "item") } ?? "true"
        guard test != "true" else {
            if check.minimum > 0 { writer.demand("tape.count(at: node) >= \(check.minimum)") }
            if check.maximum < .max { writer.demand("tape.count(at: node) <= \(check.maximum)") }
            if notes { writer.line("evaluated.insertAll()") }
            return
        }
        guard test != "false" else {
            if check.minimum > 0 { writer.demand("false") }
            return
        }
        writer.scope(sharesScope) { writer in
            writer.line("var matches = 0")
            if notes { writer.line("var position = 0") }
            writer.line("var item = tape.first(in: node)")
            writer.line("let end = tape.end(of: node)")
            writer.block("while item != end") { writer in
                writer.block("if \(test)") { writer in
                    writer.line("matches &+= 1")
                    if notes { writer.line("evaluated.insert(position)") }
                }
                if check.maximum < .max {
                    writer.line("if matches > \(check.maximum) { return false }")
                } else if !notes {
                    writer.line("if matches >= \(check.minimum) { break }")
                }
                if notes { writer.line("position &+= 1") }
                writer.line("item = tape.end(of: item)")
            }
            if check.minimum > 0 { writer.demand("matches >= \(check.minimum)") }
        }
    }
}
