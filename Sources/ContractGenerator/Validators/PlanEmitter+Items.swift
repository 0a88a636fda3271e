import SchemaPlan

extension PlanEmitter {
    /// Writes the walk over an array's elements. The value is an array.
    mutating func emit(_ check: Plan.ItemsCheck, to writer: inout SourceWriter) {
        let prefix = check.prefix.lastIndex { $0 != nil }.map { check.prefix[...$0] } ?? []
        var rest = check.rest.map { condition($0, at: "item") } ?? "true"
        if rest == "false" {
            writer.demand("tape.count(at: node) <= \(check.prefix.count)")
            rest = "true"
        }
        let skipped = rest == "true" ? 0 : check.prefix.count - prefix.count
        guard !prefix.isEmpty || rest != "true" else { return }
        writer.block("do") { writer in
            writer.line("var item = tape.first(in: node)")
            writer.line("let end = tape.end(of: node)")
            for part in prefix + Array(repeating: nil, count: skipped) {
                writer.block("if item != end") { writer in
                    if let part { writer.demand(condition(part, at: "item")) }
                    writer.line("item = tape.end(of: item)")
                }
            }
            guard rest != "true" else { return }
            writer.block("while item != end") { writer in
                writer.demand(rest)
                writer.line("item = tape.end(of: item)")
            }
        }
    }

    /// Writes the count of the elements that are valid by a part. The value is an array.
    mutating func emit(_ check: Plan.ContainsCheck, to writer: inout SourceWriter) {
        guard let part = check.part else {
            if check.minimum > 0 { writer.demand("tape.count(at: node) >= \(check.minimum)") }
            if check.maximum < .max { writer.demand("tape.count(at: node) <= \(check.maximum)") }
            return
        }
        guard check.minimum > 0 || check.maximum < .max else { return }
        writer.block("do") { writer in
            writer.line("var matches = 0")
            writer.line("var item = tape.first(in: node)")
            writer.line("let end = tape.end(of: node)")
            writer.block("while item != end") { writer in
                let test = condition(part, at: "item")
                writer.line("if \(test) { matches &+= 1 }")
                if check.maximum < .max {
                    writer.line("if matches > \(check.maximum) { return false }")
                } else {
                    writer.line("if matches >= \(check.minimum) { break }")
                }
                writer.line("item = tape.end(of: item)")
            }
            writer.demand("matches >= \(check.minimum)")
        }
    }
}
