extension SourceWriter {
    /// Writes the statements of a case; one without statements has a `break`.
    mutating func statements(_ body: (inout SourceWriter) -> Void) {
        var inner = SourceWriter(depth: depth + 1)
        body(&inner)
        if inner.text.isEmpty { inner.line("break") }
        append(inner)
    }

    /// Writes a statement that returns false where a condition is false.
    mutating func demand(_ condition: String) {
        guard condition != "true" else { return }
        guard condition != "false" else {
            line("return false")
            return
        }
        demand([condition])
    }

    /// Writes a statement that returns false where one of some conditions is false; `true` is left out.
    mutating func demand(_ conditions: [String]) {
        let conditions = conditions.filter { $0 != "true" }
        guard !conditions.isEmpty else { return }
        let single = "guard \(conditions.joined(separator: ", ")) else { return false }"
        guard !fits(single) else {
            line(single)
            return
        }
        let parts = conditions.flatMap(Conjunction.parts)
        guard parts.count > 1 || fits("guard \(parts[0])") else {
            line("guard")
            indented { $0.line(parts[0]) }
            line("else { return false }")
            return
        }
        line("guard \(parts[0])\(parts.count > 1 ? "," : "")")
        indented { writer in
            for (index, part) in parts.enumerated().dropFirst() {
                writer.line(part + (index < parts.count - 1 ? "," : ""))
            }
        }
        line("else { return false }")
    }

    /// Writes `return true`; after a guard of one condition, the condition is returned in its place.
    mutating func returnTrue() {
        if let condition = removeLastGuard() { line("return \(condition)") } else { line("return true") }
    }

    /// Writes `if condition { return value }`.
    mutating func returning(_ value: some CustomStringConvertible, if condition: String) {
        guard !fits("if \(condition) { return \(value) }") else {
            line("if \(condition) { return \(value) }")
            return
        }
        if fits("if \(condition) {") {
            line("if \(condition) {")
        } else {
            let parts = Conjunction.parts(of: condition)
            line("if \(parts[0])")
            indented { writer in for part in parts.dropFirst() { writer.line("&& " + part) } }
            line("{")
        }
        indented { $0.line("return \(value)") }
        line("}")
    }

    /// Writes statements in a scope of their own, where they share a function with others that declare the same names.
    mutating func scope(_ isShared: Bool, _ body: (inout SourceWriter) -> Void) {
        if isShared { block("do", body) } else { body(&self) }
    }
}
