import ArgumentParser
import MonitoringGenerator

/// The options that name and label a `PrometheusRule` resource.
struct ResourceOptions: ParsableArguments {
    @Option(help: "The namespace of the PrometheusRule.")
    var namespace: ResourceMetadata.Namespace?

    @Option(help: "A label of the PrometheusRule, such as the one that a Prometheus selects rules by; repeatable.")
    var label: [ResourceMetadata.Label] = []

    var metadata: ResourceMetadata { ResourceMetadata(namespace: namespace, labels: label) }

    /// Throws where the options do not fit the form of the rules, which another option gives.
    func validate(for format: RuleFileFormat, option: String) throws {
        guard format == .operator || namespace == nil && label.isEmpty else {
            throw ValidationError("'--namespace' and '--label' require '\(option) operator'.")
        }
        var seen: Set<String> = []
        for label in label where !seen.insert(label.name).inserted {
            throw ValidationError("Duplicate label '\(label.name)'.")
        }
    }
}
