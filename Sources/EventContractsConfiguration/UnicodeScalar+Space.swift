extension Unicode.Scalar {
    /// Whether the scalar ends a line of an environment file.
    var isLineEnd: Bool { self == "\n" || self == "\r" }
    /// White space within a line.
    var isSpace: Bool { properties.isWhitespace && !isLineEnd }
}
