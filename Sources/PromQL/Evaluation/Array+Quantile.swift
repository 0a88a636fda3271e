extension [Double] {
    /// Returns a quantile, interpolated between the two closest values.
    func quantile(_ quantile: Double) -> Double {
        if isEmpty || quantile.isNaN { return .nan }
        if quantile < 0 { return -.infinity }
        if quantile > 1 { return .infinity }
        let sorted = sorted { $0.isNaN ? !$1.isNaN : $0 < $1 }
        let rank = quantile * Double(count - 1)
        let lower = Int(rank.rounded(.down))
        let weight = rank - rank.rounded(.down)
        return sorted[lower] * (1 - weight) + sorted[Swift.min(count - 1, lower + 1)] * weight
    }
}
