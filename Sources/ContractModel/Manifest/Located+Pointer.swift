import JSONTape

extension Located<String> {
    /// Returns the text as a JSON Pointer, or a diagnostic.
    func pointer(diagnostics: inout Diagnostics) -> Located<JSONPointer>? {
        if !value.isEmpty, let pointer = JSONPointer(value) { return Located<JSONPointer>(pointer, at: location) }
        diagnostics.error(
            .pointerSyntax, at: location, "invalid JSON Pointer '\(value)' (RFC 6901)",
            hint: value.hasPrefix("/") || value.isEmpty
                ? "expected names that each follow a '/'; in them '~' is written ~0 and '/' is written ~1"
                : "did you mean '/\(value.split(separator: ".").joined(separator: "/"))'?")
        return nil
    }
}
