import ContractModel

/// An analysis that finds the references to labels in a template, through the dot, variables, pipelines and defined
/// templates.
struct TemplateAnalysis {
    /// The known properties of a value.
    enum Value: Hashable {
        /// The data of the template.
        case alert
        case labels
        case text(String)
        /// The value of the alert, a number.
        case alertValue
        /// An unknown text.
        case string
        /// An unknown text or number.
        case plain
        case unknown
    }

    /// A use of the alert's value: `{{ $value | humanize }}`.
    struct ValueUse: Hashable {
        /// The function that formats it; `nil` if it is written as it is.
        var function: String?
        /// The format of `printf`.
        var format: String?
        var range: Range<Int>
    }

    /// A value and its place.
    private typealias Place = (value: Value, range: Range<Int>)

    private(set) var labelReferences: [Expression.Name] = []
    private(set) var queries: [Expression.Name] = []
    private(set) var valueUses: [ValueUse] = []
    private(set) var findings: [Finding] = []

    private let definitions: [String: [TemplateNode]]
    private var dot = Value.alert
    private var variables: [(name: String, value: Value)] = [
        ("$", .alert), ("$labels", .labels), ("$externalLabels", .unknown), ("$externalURL", .plain),
        ("$value", .alertValue),
    ]
    /// The values with which each template has been followed: none is followed twice.
    private var followed: [String: Set<Value>] = [:]
    private var level = 0
    /// The maximum depth, including the depth of executed templates.
    private static let deepest = 100

    init(_ nodes: [TemplateNode], definitions: [String: [TemplateNode]]) {
        self.definitions = definitions
        follow(nodes)
    }

    // MARK: Actions

    private mutating func follow(_ nodes: [TemplateNode]) {
        guard level < Self.deepest else { return }
        level += 1
        defer { level -= 1 }
        for node in nodes {
            switch node {
            case .action(let pipeline):
                let result = value(of: pipeline)
                if result == .alertValue, pipeline.declared.isEmpty, let last = pipeline.commands.last?.last {
                    noteUse(ValueUse(function: nil, format: nil, range: last.range))
                }
                declare(pipeline, [result])
            case .branch(let branch): follow(branch)
            case .call(let name, let pipeline): call(name, pipeline.map { value(of: $0) } ?? .unknown)
            }
        }
    }

    private mutating func follow(_ branch: TemplateBranch) {
        let (outerDot, outerVariables) = (dot, variables.count)
        for (condition, body) in branch.cases {
            let value = value(of: condition)
            switch branch.kind {
            case .if: declare(condition, [value])
            case .with:
                declare(condition, [value])
                dot = value
            case .range:
                // The last variable is the element.
                dot = value == .labels ? .plain : .unknown
                declare(condition, condition.declared.count == 2 ? [dot, dot] : [dot])
            }
            follow(body)
            dot = outerDot
        }
        follow(branch.otherwise)
        variables.removeSubrange(outerVariables...)
    }

    /// Analyzes a call of a template, whose body can't refer to variables outside of it.
    private mutating func call(_ name: Expression.Name, _ value: Value) {
        guard let body = definitions[name.text] else {
            fail(name, "unknown template '\(name.text)'")
            return
        }
        guard followed[name.text, default: []].insert(value).inserted else { return }
        let outer = (dot, variables)
        (dot, variables) = (value, [("$", value)])
        follow(body)
        (dot, variables) = outer
    }

    private mutating func declare(_ pipeline: TemplatePipeline, _ values: [Value]) {
        for (name, value) in zip(pipeline.declared, values) {
            guard pipeline.isAssignment else {
                variables.append((name, value))
                continue
            }
            // It is unknown whether an assignment is executed.
            guard let index = variables.lastIndex(where: { $0.name == name }) else { continue }
            if variables[index].value != value { variables[index].value = .unknown }
        }
    }

    // MARK: Values

    private mutating func value(of pipeline: TemplatePipeline) -> Value {
        guard level < Self.deepest else { return .unknown }
        level += 1
        defer { level -= 1 }
        var piped: Place?
        for command in pipeline.commands {
            guard let first = command.first else { return .unknown }
            piped = (value(of: command, first, piped), first.range)
        }
        return piped?.value ?? .unknown
    }

    private mutating func value(of command: [TemplateOperand], _ first: TemplateOperand, _ piped: Place?) -> Value {
        var arguments: [Place] = []
        for operand in command.dropFirst() { arguments.append((value(of: operand), operand.range)) }
        guard case .function(let name) = first.base else { return value(of: first) }
        if let piped { arguments.append(piped) }
        switch name {
        case "index": return index(arguments)
        case "query":
            if let argument = arguments.last, case .text(let text) = argument.value {
                note(.init(text: text, range: argument.range), in: \.queries)
            }
            return .unknown
        case "printf":
            checkFormat(arguments)
            return Self.onlyText(arguments) ?? .string
        case "print": return Self.onlyText(arguments) ?? .string
        case "humanize", "humanize1024", "humanizeDuration", "humanizePercentage", "humanizeTimestamp":
            if let argument = arguments.last, argument.value == .alertValue {
                noteUse(ValueUse(function: name, format: nil, range: argument.range))
            }
            return .string
        case "title", "toLower", "toUpper", "reReplaceAll", "stripPort", "stripDomain": return .string
        default: return .unknown
        }
    }

    /// Returns the text of a call with one text. Without a verb, a format is the result.
    private static func onlyText(_ arguments: [Place]) -> Value? {
        guard arguments.count == 1, case .text(let text)? = arguments.first?.value, !text.contains("%") else {
            return nil
        }
        return .text(text)
    }

    /// Checks the verbs of `printf` against its arguments.
    private mutating func checkFormat(_ arguments: [Place]) {
        guard let first = arguments.first, case .text(let format) = first.value else { return }
        for argument in arguments.dropFirst() where argument.value == .alertValue {
            noteUse(ValueUse(function: "printf", format: format, range: argument.range))
        }
        let kinds = arguments.dropFirst().map { argument -> FormatVerbs.Argument in
            switch argument.value {
            case .alertValue: .number
            case .text, .string: .string
            case .alert, .labels, .plain, .unknown: .unknown
            }
        }
        guard let (message, hint) = FormatVerbs(format)?.mistake(kinds) else { return }
        let finding = Finding(.templateFormat, first.range, message, hint: hint)
        if !findings.contains(finding) { findings.append(finding) }
    }

    /// Handles `index $labels "name"`.
    private mutating func index(_ arguments: [Place]) -> Value {
        guard arguments.count > 1, arguments[0].value == .labels else { return .unknown }
        if case .text(let name) = arguments[1].value {
            note(.init(text: name, range: arguments[1].range), in: \.labelReferences)
        }
        return .string
    }

    private mutating func value(of operand: TemplateOperand) -> Value {
        var value: Value
        switch operand.base {
        case .dot: value = dot
        case .variable(let name): value = variables.last { $0.name == name }?.value ?? .unknown
        case .text(let text): value = .text(text)
        case .pipeline(let pipeline): value = self.value(of: pipeline)
        case .function: value = .unknown
        case .constant: value = .plain
        }
        for field in operand.fields { value = self.value(of: field, in: value) }
        return value
    }

    private mutating func value(of field: Expression.Name, in value: Value) -> Value {
        switch value {
        case .alert:
            switch field.text {
            case "Labels": return .labels
            case "ExternalLabels": return .unknown
            case "Value": return .alertValue
            case "ExternalURL": return .string
            default:
                let known = ["ExternalLabels", "ExternalURL", "Labels", "Value"]
                let hint = Suggestion.hint(for: field.text, among: known)
                fail(field, "an alert has no field '\(field.text)'", hint: hint)
                return .unknown
            }
        case .labels:
            note(field, in: \.labelReferences)
            return .string
        case .text, .plain, .alertValue, .string:
            fail(field, "a string or a number has no field '\(field.text)'")
            return .unknown
        case .unknown: return .unknown
        }
    }

    // MARK: Notes

    private mutating func noteUse(_ use: ValueUse) {
        if !valueUses.contains(use) { valueUses.append(use) }
    }

    private mutating func note(_ name: Expression.Name, in names: WritableKeyPath<Self, [Expression.Name]>) {
        guard !self[keyPath: names].contains(where: { $0.range == name.range && $0.text == name.text }) else { return }
        self[keyPath: names].append(name)
    }

    /// Reports a mistake that Prometheus finds only when the alert fires; it then sends the error instead of the text.
    private mutating func fail(_ name: Expression.Name, _ message: String, hint: String? = nil) {
        let finding = Finding(.alertTemplate, name.range, message, hint: hint)
        if !findings.contains(finding) { findings.append(finding) }
    }
}
