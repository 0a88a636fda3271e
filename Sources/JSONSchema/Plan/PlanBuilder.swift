import JSONTape
package import SchemaPlan

extension Plan {
    /// Compiles a model.
    ///
    /// - Parameters:
    ///   - roots: The nodes that values are validated against; their subplans become ``Plan/roots``, in this order.
    ///   - openEnums: The nodes whose strings a reader may accept beyond those that they state.
    package init(_ model: SchemaModel, roots: [SchemaModel.NodeID], openEnums: Set<SchemaModel.NodeID> = []) {
        var builder = PlanBuilder(model: model, openEnums: openEnums)
        let ids = roots.map { builder.subplan(for: $0, marksEvaluated: false) }
        builder.finish()
        self = builder.plan
        self.roots = ids
    }
}

/// Writes the instructions of the nodes that the roots lead to.
struct PlanBuilder {
    typealias NodeID = SchemaModel.NodeID
    typealias SubplanID = Plan.SubplanID

    private struct Key: Hashable {
        var node: NodeID
        var marksEvaluated: Bool
    }

    let model: SchemaModel
    let openEnums: Set<NodeID>
    var plan = Plan()
    private var ids: [Key: SubplanID] = [:]
    private var queue: [Key] = []
    private var patternIndices: [String: Int32] = [:]

    init(model: SchemaModel, openEnums: Set<NodeID>) {
        self.model = model
        self.openEnums = openEnums
    }

    /// The id of a node's subplan; the instructions of a new one are written later.
    mutating func subplan(for node: NodeID, marksEvaluated: Bool) -> SubplanID {
        let key = Key(node: node, marksEvaluated: marksEvaluated)
        if let known = ids[key] { return known }
        let id = SubplanID(plan.subplans.count)
        plan.subplans.append(Plan.Subplan(steps: 0..<0, marksEvaluated: marksEvaluated, opensEvaluation: false))
        ids[key] = id
        queue.append(key)
        return id
    }

    /// A subplan with the path that leads to it.
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

    // MARK: Tables

    /// The entry of an assertion's keyword.
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
