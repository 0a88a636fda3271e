/// A parsed skeleton.
struct Template: Sendable {
    indirect enum Node: Sendable {
        case text(String)
        case value(String)
        /// - Parameter isInverted: `{{^name}}`, which is rendered where the value is absent, false or empty.
        case section(String, isInverted: Bool, [Node])
        /// `{{> header}}`
        case header
    }

    var nodes: [Node] = []
}

typealias TemplateValues = [String: any TemplateValue]

/// A value that a template can render: a string, a condition, or a list with the values of each section.
protocol TemplateValue {
    /// The text that `{{name}}` renders.
    var templateText: String { get }
    /// The values of each rendering of `{{#name}}`; none where only `{{^name}}` is rendered.
    var templateSections: [TemplateValues] { get }
}

extension String: TemplateValue {
    var templateText: String { self }
    var templateSections: [TemplateValues] { isEmpty ? [] : [[:]] }
}

extension Bool: TemplateValue {
    var templateText: String { self ? "true" : "false" }
    var templateSections: [TemplateValues] { self ? [[:]] : [] }
}

extension [TemplateValues]: TemplateValue {
    var templateText: String { "" }
    var templateSections: [TemplateValues] { self }
}
