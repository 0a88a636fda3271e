import ArgumentParser
import SchemaRegistry

struct Registry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare schemas with a schema registry, or register them.",
        discussion: """
            The registry comes from the environment and a .env file: SCHEMA_REGISTRY_URL and the variables beside it. The \
            manifest's 'registry' says how subjects are named.
            """,
        subcommands: [Plan.self, Apply.self, Check.self])

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print what would be registered, and whether it is compatible.",
            discussion: """
                Changes nothing. For each schema that the registry does not have: the changes from the registered versions, \
                whether they keep the promise of the level, with a message that shows where not, and the registry's own \
                answer. A break that the manifest's 'accepted_changes' names is shown as accepted.

                EXAMPLES
                  event-contracts-deploy registry plan my-contract
                  event-contracts-deploy registry plan my-contract --format json

                \(ExitStatus.registryHelp)
                """)

        @OptionGroup var options: RegistryOptions

        func run() async throws {
            try await options.withPlan { _, plan in
                options.write(text: plan.text, json: plan.json)
                return plan.hasDrift ? ExitStatus.drift : .success
            }
        }
    }

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set levels and register schemas.",
            discussion: """
                For each subject: sets the level, lets the registry check the schema, and registers it. Where a schema is \
                incompatible by its meaning, nothing is changed at all. Where the registry refuses a schema, the subject \
                keeps the level that it had, unless the manifest's 'accepted_changes' names the break. A second run does \
                nothing.

                EXAMPLES
                  event-contracts-deploy registry apply my-contract
                  event-contracts-deploy registry apply my-contract --override-registry

                \(ExitStatus.registryHelp)
                """)

        @OptionGroup var options: RegistryOptions

        @Flag(help: "Register schemas that are proven compatible, though the registry says incompatible.")
        var overrideRegistry = false

        func run() async throws {
            try await options.withPlan { client, plan in
                let report = await RegistryUpdate(client: client, overridesRegistry: overrideRegistry).apply(plan)
                options.write(text: report.text, json: report.json)
                return report.isComplete ? .success : .failure
            }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fail where a schema is incompatible with the registered versions.",
            discussion: """
                For CI: prints what 'plan' prints. Unregistered schemas do not fail.

                EXAMPLES
                  event-contracts-deploy registry check my-contract

                EXIT CODES
                  0   all schemas are compatible, or not decided
                  1   a schema is incompatible by its meaning or by the registry, or another error
                  64  the command line is wrong
                """)

        @OptionGroup var options: RegistryOptions

        func run() async throws {
            try await options.withPlan { _, plan in
                options.write(text: plan.text, json: plan.json)
                let isRefused = plan.entries.contains { entry in
                    guard case .changed(let change) = entry.state else { return false }
                    return !change.registry.isCompatible && change.verdict != .accepted
                }
                return plan.isIncompatible || isRefused ? .failure : .success
            }
        }
    }
}
