/// A renderer of a skeleton's nodes. Nothing is escaped: generated code is not HTML.
struct TemplateRenderer {
    let header: Template
    private(set) var text = ""

    init(header: Template) {
        self.header = header
    }

    /// - Parameter scopes: The values in force, outer ones first.
    mutating func render(_ nodes: [Template.Node], _ scopes: [TemplateValues]) {
        for node in nodes {
            switch node {
            case .text(let text): self.text += text
            case .value(let name): text += value(name, scopes)?.templateText ?? ""
            case .header: render(header.nodes, scopes)
            case .section(let name, let isInverted, let inner):
                let sections = value(name, scopes)?.templateSections ?? []
                if isInverted {
                    if sections.isEmpty { render(inner, scopes) }
                } else {
                    for section in sections { render(inner, scopes + [section]) }
                }
            }
        }
    }

    private func value(_ name: String, _ scopes: [TemplateValues]) -> (any TemplateValue)? {
        for scope in scopes.reversed() {
            if let value = scope[name] { return value }
        }
        return nil
    }
}
