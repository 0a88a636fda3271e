import ContractModel

/// Arithmetic with durations in whole milliseconds.
extension Duration {
    package static let minute = Duration.seconds(60)
    package static let hour = minute * 60
    package static let day = hour * 24

    /// Returns how many whole steps the duration contains.
    package func count(of step: Duration) -> Int { Int(milliseconds / step.milliseconds) }

    /// Returns whether the duration is a multiple of a step.
    func isMultiple(of step: Duration) -> Bool { milliseconds % step.milliseconds == 0 }

    /// Returns the smallest multiple of a step that is not shorter than the duration.
    func roundedUp(to step: Duration) -> Duration { (self + step - .milliseconds(1)).roundedDown(to: step) }

    /// Returns the largest multiple of a step that is not longer than the duration.
    func roundedDown(to step: Duration) -> Duration { step * count(of: step) }

    /// The duration in seconds.
    var inSeconds: Double { Double(milliseconds) / 1000 }
}
