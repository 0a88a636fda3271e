/// The names that a template can use at a place.
package struct TemplateScope: Sendable {
    /// Values, and conditions.
    package var values: Set<String>
    /// Sections that repeat, each with the further names inside of it.
    package var sections: [String: TemplateScope]

    /// Creates a scope without further names.
    init() {
        self.init([])
    }

    init(_ values: Set<String>, _ sections: [String: TemplateScope] = [:]) {
        self.values = values
        self.sections = sections
    }

    /// All names of the scope, without those inside of its sections.
    package var names: Set<String> { values.union(sections.keys) }

    /// Returns the section within which alone a name is known.
    func section(knowing name: String) -> String? {
        for (section, scope) in sections.sorted(by: { $0.key < $1.key }) {
            if scope.names.contains(name) { return section }
            if let inner = scope.section(knowing: name) { return inner }
        }
        return nil
    }
}
