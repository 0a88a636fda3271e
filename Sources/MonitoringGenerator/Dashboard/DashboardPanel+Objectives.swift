import MetricsCompiler
import MonitoringCompiler

extension DashboardPanel {
    /// Returns the panel of the rate at which an error budget burns.
    static func burnRate(of objective: CompiledObjective, ratio: String) -> DashboardPanel {
        DashboardPanel(
            title: "Error budget of \(objective.name)",
            summary:
                "How many times faster than allowed the budget burns, over the last hour. Above \(PromQLText.number(objective.urgentBurnRate)) it is urgent.",
            unit: "short",
            queries: [
                .init(
                    expression: "\(ratio) / \(PromQLText.number(objective.budget))",
                    legend: objective.grouping.isEmpty ? "burn rate" : legend(objective.grouping))
            ], limit: objective.urgentBurnRate, width: 10)
    }

    static func legend(_ labels: [String]) -> String { labels.map { "{{\($0)}}" }.joined(separator: " ") }
}
