extension Double {
    /// Applies a function with one parameter.
    func applying(_ function: String, _ parameter: Double) -> Double {
        switch function {
        case "clamp_max": return .goMinimum(parameter, self)
        case "clamp_min": return .goMaximum(parameter, self)
        default:
            // `round`: half up.
            let inverse = 1 / parameter
            return (self * inverse + 0.5).rounded(.down) / inverse
        }
    }

    /// Returns the smaller number; NaN if one is NaN.
    static func goMinimum(_ left: Double, _ right: Double) -> Double {
        left.isNaN || right.isNaN ? .nan : Swift.min(left, right)
    }

    /// Returns the larger number; NaN if one is NaN.
    static func goMaximum(_ left: Double, _ right: Double) -> Double {
        left.isNaN || right.isNaN ? .nan : Swift.max(left, right)
    }
}
