import JSONTape

/// All failures, with their places.
///
/// Explaining is seldom: its parts are functions of their own, which compile faster than copies in each caller.
struct Explanation: InterpreterReport {
    private(set) var failures: [SchemaFailure] = []
    private(set) var report: AllFailures
    /// The number of failures that the report had before.
    private let reportedBefore: Int
    /// The evaluation paths of the parts that are being checked, outermost first.
    private var parts: [JSONPointer] = []

    /// - Parameter report: The report that failures are added to.
    init(_ report: AllFailures) {
        self.report = report
        reportedBefore = report.failures.count
    }

    @inline(never)
    mutating func fail(
        _ finding: @autoclosure () -> Finding, by keyword: Int32, at node: JSONTape.Index,
        of tape: borrowing JSONTape, _ tables: InterpreterTables
    ) -> Bool {
        let place = tables.plan.keywords[Int(keyword)]
        let goesOn =
            switch finding() {
            case .expected(let text): report.expected(text, at: node, of: tape, by: place.schema)
            case .missing(let name): report.missing(name, in: node, of: tape, by: place.schema)
            case .unexpected: report.unexpected(node, of: tape, by: place.schema)
            case .duplicate: report.duplicate(node, of: tape, by: place.schema)
            }
        addLast(place)
        return goesOn
    }

    private mutating func addLast(_ place: Plan.Keyword) {
        guard report.failures.count > reportedBefore + failures.count, let last = report.failures.last else { return }
        failures.append(
            SchemaFailure(
                failure: last, keywordLocation: JSONPointer(tokens: parts.flatMap(\.tokens) + place.relative.tokens),
                absoluteKeywordLocation: place.absolute))
    }

    @inline(never)
    mutating func failBranches(
        _ branches: Range<Int32>, valid: Int, by keyword: Int32, at node: JSONTape.Index,
        of tape: borrowing JSONTape, _ interpreter: inout SchemaInterpreter
    ) -> Bool {
        if valid > 1 {
            return fail(
                .expected("exactly one of \(branches.count) alternatives to be valid, not \(valid)"), by: keyword,
                at: node, of: tape, interpreter.tables)
        }
        guard
            fail(
                .expected("one of \(branches.count) alternatives to be valid"), by: keyword, at: node, of: tape,
                interpreter.tables)
        else { return false }
        // The nesting of alternatives multiplies the work, so that deep ones are not explained.
        guard depth < Self.maximumDepth else { return true }
        var closest: Explanation?
        for branch in branches {
            var explanation = self
            explanation.depth += 1
            let part = interpreter.tables.plan.branches[Int(branch)]
            explanation.enter(part, interpreter.tables)
            _ = interpreter.check(part.subplan, tape, node, frame: -1, &explanation)
            explanation.leave()
            explanation.depth -= 1
            if closest.map({ explanation.isCloser(than: $0, since: failures.count, at: node, tape) }) ?? true {
                closest = explanation
            }
        }
        if let closest { self = closest }
        return report.failures.count < report.limit
    }

    private var depth = 0
    private static let maximumDepth = 4

    /// Returns whether fewer of the failures that came after a number of others are about the value as a whole, and then, whether
    /// they are fewer.
    private func isCloser(
        than other: Explanation, since count: Int, at node: JSONTape.Index, _ tape: borrowing JSONTape
    ) -> Bool {
        distance(since: count, at: node, tape) < other.distance(since: count, at: node, tape)
    }

    private func distance(since count: Int, at node: JSONTape.Index, _ tape: borrowing JSONTape) -> Int {
        let place = tape.pointer(to: node).tokens.count
        return failures[count...].reduce(0) { sum, failure in
            let depth = failure.instanceLocation.tokens.count - place
            switch failure.failure.rule {
            // Another type, or another value of a member that distinguishes alternatives: not the intended one.
            case "type": return sum + (depth == 0 ? 1000 : 10)
            case "const", "enum": return sum + (depth <= 1 ? 100 : 5)
            case "required": return sum + (depth == 0 ? 20 : 3)
            default: return sum + 1
            }
        }
    }

    @inline(never)
    mutating func enter(_ part: Plan.Part, _ tables: InterpreterTables) {
        // A plan of generated code has no paths.
        parts.append(tables.plan.paths.isEmpty ? JSONPointer() : tables.plan.paths[Int(part.path)])
    }

    @inline(never)
    mutating func leave() {
        parts.removeLast()
    }

    @inline(never)
    mutating func enterMember(_ key: JSONTape.Index, of tape: borrowing JSONTape) {
        report.enter(key, of: tape)
    }
}
