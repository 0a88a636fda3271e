/// The names that a template knows at some place.
package struct TemplateScope: Sendable {
    /// Values, and conditions.
    package var values: Set<String>
    /// Sections that repeat, and what is known inside of each beside this.
    package var sections: [String: TemplateScope]

    /// Nothing that is not known around it.
    init() {
        self.init([])
    }

    init(_ values: Set<String>, _ sections: [String: TemplateScope] = [:]) {
        self.values = values
        self.sections = sections
    }

    /// All that is known here, but for what is known only within a section.
    package var names: Set<String> { values.union(sections.keys) }

    /// The section within which alone a name is known.
    func section(knowing name: String) -> String? {
        for (section, scope) in sections.sorted(by: { $0.key < $1.key }) {
            if scope.names.contains(name) { return section }
            if let inner = scope.section(knowing: name) { return inner }
        }
        return nil
    }
}
