extension PropertyPath {
    /// Whether the value, or one that it is part of, is sensitive.
    package var isSensitive: Bool { properties.contains(where: \.isSensitive) }
}
