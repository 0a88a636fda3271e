extension Duration {
    /// The duration from zero to a hundred years. Clocks and sums of durations trap on times that they can't represent.
    package var bounded: Duration { min(max(self, .zero), .seconds(100 * 365 * 86_400)) }
}
