import JSONTape

/// A plan in memory that the interpreter reads without reference counting.
// Sendable, because nothing changes after `init`.
package final class InterpreterTables: @unchecked Sendable {
    let plan: Plan
    private var memory: [UnsafeMutableRawPointer] = []

    let steps: UnsafePointer<Plan.Step>
    let subplans: UnsafePointer<Plan.Subplan>
    let branches: UnsafePointer<Plan.Part>
    let conditions: UnsafePointer<Plan.Condition>
    let contains: UnsafePointer<Plan.ContainsCheck>
    let items: UnsafePointer<Items>
    let members: UnsafePointer<Members>
    let values: UnsafePointer<Values>
    let bounds: UnsafePointer<Bound>
    let selections: UnsafePointer<Selection>
    let patterns: UnsafeMutablePointer<SchemaPattern>

    struct Items {
        var prefix: UnsafePointer<Plan.Part?>
        var prefixCount: Int
        var rest: Plan.Part?
        var evaluatesRest: Bool
    }

    struct Members {
        var names: KeyTable.View
        var entries: UnsafePointer<Plan.MemberEntry>
        var entryCount: Int
        var patterns: UnsafePointer<Plan.PatternEntry>
        var patternCount: Int
        var others: Plan.Others
        var propertyNames: Plan.Part?
        var requiredBits: UInt64
    }

    struct Values {
        var strings: KeyTable.View
        var constants: Plan.ConstantSet
    }

    struct Selection {
        var member: KeyTable.View
        var values: KeyTable.View
        var branches: UnsafePointer<Int32>
        var firstPart: Int32
    }

    struct Bound {
        var side: Plan.Bound.Side
        var isExclusive: Bool
        /// The limit, where it is a whole number that fits.
        var integer: Int64?
    }

    package init(_ plan: Plan) {
        self.plan = plan
        var memory: [UnsafeMutableRawPointer] = []
        // The elements hold no references, so that their memory needs no deinitialization.
        func copy<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
            let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
            copy.initialize(from: elements, count: elements.count)
            memory.append(UnsafeMutableRawPointer(copy))
            return UnsafePointer(copy)
        }
        steps = copy(plan.steps)
        subplans = copy(plan.subplans)
        branches = copy(plan.branches)
        conditions = copy(plan.conditions)
        contains = copy(plan.contains)
        items = copy(
            plan.items.map { check in
                Items(
                    prefix: copy(check.prefix), prefixCount: check.prefix.count, rest: check.rest,
                    evaluatesRest: check.evaluatesRest)
            })
        members = copy(
            plan.members.map { check in
                Members(
                    names: check.names.view, entries: copy(check.entries), entryCount: check.entries.count,
                    patterns: copy(check.patterns), patternCount: check.patterns.count, others: check.others,
                    propertyNames: check.propertyNames, requiredBits: check.requiredBits)
            })
        values = copy(plan.values.map { Values(strings: $0.strings.view, constants: $0.constants) })
        bounds = copy(
            plan.bounds.map {
                Bound(
                    side: $0.bound.side, isExclusive: $0.bound.isExclusive, integer: $0.bound.value.int64Value)
            })
        selections = copy(
            plan.selections.map {
                Selection(
                    member: $0.member.view, values: $0.values.view, branches: copy($0.branches),
                    firstPart: $0.parts.lowerBound)
            })
        patterns = .allocate(capacity: max(1, plan.patterns.count))
        patterns.initialize(from: plan.patterns.map(\.expression), count: plan.patterns.count)
        self.memory = memory
    }

    deinit {
        patterns.deinitialize(count: plan.patterns.count)
        patterns.deallocate()
        for memory in memory { memory.deallocate() }
    }
}
