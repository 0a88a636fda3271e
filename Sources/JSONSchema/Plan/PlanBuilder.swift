import JSONTape
import SchemaPlan

/// A builder of the instructions of the nodes that the roots lead to.
struct PlanBuilder {
    typealias NodeID = SchemaModel.NodeID
    typealias SubplanID = Plan.SubplanID

    private struct Key: Hashable {
        var node: NodeID
        var marksEvaluated: Bool
        /// The number of the opening that concerns the node.
        var opening: Int?
    }

    /// The enums that are open for some roots.
    private struct Opening {
        var enums: Set<NodeID>
        /// The nodes that lead to one of the enums.
        var leading: Set<NodeID>
    }

    let model: SchemaModel
    var plan = Plan()
    private var openings: [Opening] = []
    /// The number of the opening for the roots of the node whose instructions are being written.
    private var opening: Int?
    private var ids: [Key: SubplanID] = [:]
    private var queue: [Key] = []
    private var patternIndices: [String: Int32] = [:]

    init(model: SchemaModel) {
        self.model = model
    }

    /// Returns the id of a root's subplan.
    mutating func subplan(of root: Plan.Root) -> SubplanID {
        opening = opening(of: root.openEnums)
        return subplan(for: root.node, marksEvaluated: false)
    }

    /// Returns the id of a node's subplan; the instructions of a new one are written later.
    mutating func subplan(for node: NodeID, marksEvaluated: Bool) -> SubplanID {
        let key = Key(
            node: node, marksEvaluated: marksEvaluated,
            opening: opening.flatMap { openings[$0].leading.contains(node) ? $0 : nil })
        if let known = ids[key] { return known }
        let id = SubplanID(plan.subplans.count)
        plan.subplans.append(Plan.Subplan(steps: 0..<0, marksEvaluated: marksEvaluated, opensEvaluation: false))
        ids[key] = id
        queue.append(key)
        return id
    }

    /// Returns a subplan with the path that leads to it.
    mutating func part(_ node: NodeID, at path: [String], of assertion: Assertion, marks: Bool = false) -> Plan.Part {
        var tokens = assertion.via.tokens + path
        var current = node
        while let reference = model.soleReference(of: current) {
            tokens += reference.keyword.tokens
            current = reference.target
        }
        plan.paths.append(JSONPointer(tokens: tokens))
        return Plan.Part(
            subplan: subplan(for: current, marksEvaluated: marks), path: Int32(plan.paths.count - 1))
    }

    func acceptsEverything(_ node: NodeID) -> Bool {
        model[model.resolve(node)].assertions.isEmpty
    }

    func refusesEverything(_ node: NodeID) -> Bool {
        let assertions = model[model.resolve(node)].assertions
        guard assertions.count == 1, case .never = assertions[0].kind else { return false }
        return true
    }

    /// Writes the instructions of all subplans that have been asked for.
    mutating func finish() {
        var next = 0
        while next < queue.count {
            let key = queue[next]
            opening = key.opening
            write(key.node, as: next, marksEvaluated: key.marksEvaluated)
            next += 1
        }
    }

    private mutating func write(_ id: NodeID, as index: Int, marksEvaluated: Bool) {
        let node = model[id]
        let opens = node.assertions.contains { assertion in
            switch assertion.kind {
            case .unevaluatedItems, .unevaluatedProperties: true
            default: false
            }
        }
        let marks = marksEvaluated || opens
        var steps: [(rank: Int, subject: TypeSet, steps: [Plan.Step])] = []
        let walks = membersSteps(of: id, marks: marks)
        if !walks.isEmpty { steps.append((4, .object, walks)) }
        for assertion in node.assertions {
            let subject = assertion.kind.subject
            let written = self.steps(for: assertion, of: id, marks: marks)
            guard !written.isEmpty else { continue }
            steps.append((assertion.kind.rank, subject, written))
        }
        // Cheap conditions first, those of one type together; `sorted` is stable in the standard library.
        steps.sort { ($0.rank, $0.subject.rawValue) < ($1.rank, $1.subject.rawValue) }
        let start = Int32(plan.steps.count)
        var position = 0
        while position < steps.count {
            let subject = steps[position].subject
            var group: [Plan.Step] = []
            while position < steps.count, steps[position].subject == subject {
                group += steps[position].steps
                position += 1
            }
            if subject != .any {
                plan.steps.append(
                    Plan.Step(instruction: .skipUnless(subject, count: Int32(group.count)), keyword: -1))
            }
            plan.steps += group
        }
        plan.subplans[index] = Plan.Subplan(
            steps: start..<Int32(plan.steps.count), marksEvaluated: marksEvaluated, opensEvaluation: opens)
    }

    // MARK: Open enums

    /// Returns whether a reader may accept strings that an enum does not state.
    func isOpen(_ node: NodeID) -> Bool {
        opening.map { openings[$0].enums.contains(node) } ?? false
    }

    private mutating func opening(of enums: Set<NodeID>) -> Int? {
        guard !enums.isEmpty else { return nil }
        if let known = openings.firstIndex(where: { $0.enums == enums }) { return known }
        openings.append(Opening(enums: enums, leading: nodes(leadingTo: enums)))
        return openings.count - 1
    }

    private func nodes(leadingTo enums: Set<NodeID>) -> Set<NodeID> {
        var parents: [NodeID: [NodeID]] = [:]
        var waiting: [NodeID] = []
        for id in model.ids {
            for assertion in model[id].assertions {
                for child in assertion.kind.children { parents[child, default: []].append(id) }
                if case .values = assertion.kind, enums.contains(assertion.origin ?? id) { waiting.append(id) }
            }
        }
        var leading: Set<NodeID> = []
        while let id = waiting.popLast() {
            guard leading.insert(id).inserted else { continue }
            waiting += parents[id] ?? []
        }
        return leading
    }

    // MARK: Tables

    /// Returns the entry of an assertion's keyword.
    ///
    /// - Parameter tokens: The path from the schema that states the assertion; its own keyword unless given.
    mutating func keyword(_ tokens: [String]? = nil, of assertion: Assertion, in id: NodeID) -> Int32 {
        let node = model[assertion.origin ?? id]
        let tokens = tokens ?? assertion.keyword.tokens
        let pointer = JSONPointer(tokens: node.pointer.tokens + tokens)
        let inResource = JSONPointer(tokens: node.resourcePointer.tokens + tokens)
        plan.keywords.append(
            Plan.Keyword(
                relative: JSONPointer(tokens: assertion.via.tokens + tokens), schema: "\(node.file)#\(pointer)",
                absolute: "\(node.uri)#\(inResource.fragment)"))
        return Int32(plan.keywords.count - 1)
    }

    mutating func pattern(_ source: String) -> Int32? {
        if let known = patternIndices[source] { return known }
        // One that can't be compiled has been reported.
        guard let expression = SchemaPattern(source) else { return nil }
        plan.patterns.append(Plan.PatternCheck(source: source, expression: expression))
        let index = Int32(plan.patterns.count - 1)
        patternIndices[source] = index
        return index
    }
}

extension Assertion.Kind {
    /// The type that the assertion is about; all where it is about every value.
    fileprivate var subject: TypeSet {
        switch self {
        case .minimumLength, .maximumLength, .pattern, .format: .string
        case .bound, .multipleOf: .number
        case .minimumItems, .maximumItems, .uniqueItems, .items, .contains, .unevaluatedItems: .array
        case .minimumProperties, .maximumProperties, .required, .members, .propertyNames, .dependentRequired,
            .dependentSchemas, .unevaluatedProperties:
            .object
        case .never, .types, .values, .all, .any, .one, .not, .ifThenElse, .refer: .any
        }
    }

    /// The order of instructions: cheap ones first, and unevaluated ones last.
    fileprivate var rank: Int {
        switch self {
        case .never: 0
        case .types: 1
        case .values: 2
        case .minimumLength, .maximumLength, .bound, .minimumItems, .maximumItems, .minimumProperties,
            .maximumProperties:
            3
        case .pattern, .format, .multipleOf, .items, .required, .members, .propertyNames: 4
        case .dependentRequired, .dependentSchemas, .contains, .uniqueItems: 5
        case .refer, .all: 6
        case .ifThenElse, .any, .one, .not: 7
        case .unevaluatedItems, .unevaluatedProperties: 9
        }
    }
}
