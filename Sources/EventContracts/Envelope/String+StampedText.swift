extension String {
    /// Creates the string of an envelope's pattern. Generated code calls this.
    @inlinable
    public init(stamped text: StampedText) {
        self = text.string
    }
}
