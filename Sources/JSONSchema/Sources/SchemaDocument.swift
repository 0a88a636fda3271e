package import ContractModel

/// A schema file, or another document that schemas refer to.
package struct SchemaDocument: Sendable {
    /// The path of the file, as diagnostics show it.
    package var file: String
    /// The URI that the file has before its own `$id`.
    package var uri: String
    package var root: SourceNode

    /// Creates a file of the contract: its URI is its path.
    package init(file: String, root: SourceNode) {
        self.init(file: file, uri: Self.uri(ofFile: file), root: root)
    }

    package init(file: String, uri: String, root: SourceNode) {
        self.file = file
        self.uri = uri
        self.root = root
    }

    /// Files have a scheme of their own, so that references between them resolve as those between URIs do.
    static let fileScheme = "contract:///"

    /// Returns the URI of a file: its path. Of a path out of the contract's folder, the leading `..` are left out, as they are
    /// where references are resolved.
    static func uri(ofFile file: String) -> String {
        var path = file[...]
        while path.hasPrefix("../") { path = path.dropFirst(3) }
        return fileScheme + path
    }

    /// Returns a URI as people read it: of a file of the contract, its path.
    static func displayName(_ uri: String) -> String {
        uri.hasPrefix(fileScheme) ? String(uri.dropFirst(fileScheme.count)) : uri
    }
}
