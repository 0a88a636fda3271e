extension ManifestMapping {
    /// Returns the name that a topic or an event is given in Swift.
    func swiftName(diagnostics: inout Diagnostics) -> Located<String>? {
        let name = string("swift_name", diagnostics: &diagnostics)
        if let name { ManifestNames.checkMemberName(name, diagnostics: &diagnostics) }
        return name
    }
}
