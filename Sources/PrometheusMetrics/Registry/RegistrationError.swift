/// The reason why a family can't be part of a registry.
public enum RegistrationError: Error, Equatable, CustomStringConvertible {
    case invalidMetricName(String)
    case invalidLabelName(String, family: String)
    /// The label is Prometheus's own on such a family: `le` on a histogram.
    case reservedLabel(String, family: String)
    case repeatedLabel(String, family: String)
    case repeatedLabelValue(String, label: String, family: String)
    /// A family with a unit is named by it: `…_seconds`, a counter `…_seconds_total`.
    case unitNotInName(String, family: String)
    /// Two families would export the same name, in one of the formats.
    case nameTaken(String, by: String, family: String)

    public var description: String {
        switch self {
        case .invalidMetricName(let name):
            "invalid metric name \"\(name)\": letters, digits, _ and : are allowed, and no digit at the start"
        case .invalidLabelName(let label, let family):
            "\(family): invalid label name \"\(label)\": letters, digits and _ are allowed, and neither a digit nor __ at "
                + "the start"
        case .reservedLabel(let label, let family):
            "\(family): the label \(label) is written by Prometheus's clients themselves on a histogram"
        case .repeatedLabel(let label, let family): "\(family): duplicate label \(label)"
        case .repeatedLabelValue(let value, let label, let family):
            "\(family): the label \(label) has the value \"\(value)\" twice"
        case .unitNotInName(let unit, let family):
            "\(family): the unit is \(unit), but the name does not end in _\(unit) (a counter's in _\(unit)_total)"
        case .nameTaken(let name, let other, let family): "\(family): the name \(name) is taken by \(other)"
        }
    }
}
