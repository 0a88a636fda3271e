import ArgumentParser
import ContractEvolution
import ContractModel
import JSONTape

struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the changes between versions of a contract, and whom each breaks.",
        discussion: """
            A version is a folder or manifest, a git revision of one, such as HEAD~1:schemas, or a file that \
            'event-contracts snapshot' has written. Messages are compared by what their schemas accept: of a change that \
            breaks readers, a message is shown that one version accepts and the other does not.

            NEW is the default contract where it is missing. With --against, which may be repeated from the oldest to \
            the latest, transitive levels count for all of these versions.

            EXAMPLES
              event-contracts diff HEAD~1:schemas schemas
              event-contracts diff v1.snapshot.json
              event-contracts diff --against v1.json --against v2.json my-contract --format json

            EXIT CODES
              0   no change breaks what the contract promises
              1   a change does, or a version has errors
              64  the command line is wrong
              70  the tool itself failed
            """)

    @Argument(help: "OLD and NEW; with --against, NEW alone.", completion: .file())
    var versions: [String] = []

    @Option(help: "An old version; repeated, from the oldest to the latest.", completion: .file())
    var against: [String] = []

    @Option(
        help: "The schema registry whose answers are forecast. (default: the 'profile' of the manifest's 'registry')")
    var profile: RegistryDeclaration.Profile?

    @OptionGroup var options: ReportOptions

    func run() throws {
        let (old, new) = try split()
        var diagnostics = Diagnostics()
        let before = try old.compactMap { try version($0, &diagnostics) }
        let after = try version(new, &diagnostics)
        guard before.count == old.count, let after else {
            options.reporter.report(diagnostics)
            throw ExitCode(1)
        }
        let report = ContractComparison.report(old: before, new: after, today: .today, profile: profile)
        Terminal.hideProgress()
        switch options.format {
        case .text:
            StandardStream.error.write(report.text)
            StandardStream.output.write(report.summary + "\n")
        case .json: StandardStream.output.write(report.json.jsonText + "\n")
        case .github: StandardStream.error.write(report.github)
        }
        if report.isBreaking { throw ExitCode(1) }
    }

    /// Returns the old versions and the new one.
    private func split() throws -> (old: [String], new: String) {
        guard !(against + versions).contains("") else {
            throw ExitStatus.usage("expected a version of a contract, found an empty name")
        }
        let standard = ContractPath(nil).path
        if against.isEmpty {
            guard let old = versions.first else { throw ExitStatus.usage("expected OLD and NEW, or --against OLD") }
            guard versions.count <= 2 else { throw ExitStatus.usage("expected OLD and NEW, found \(versions.count)") }
            return ([old], versions.count == 2 ? versions[1] : standard)
        }
        guard versions.count <= 1 else {
            throw ExitStatus.usage("with --against, expected NEW alone, found \(versions.count) versions")
        }
        return (against, versions.first ?? standard)
    }

    /// Reads a version; `nil` where it has errors.
    private func version(_ name: String, _ diagnostics: inout Diagnostics) throws -> ContractVersion? {
        // Diagnostics of one version do not affect the comparison with others.
        var own = Diagnostics()
        defer { diagnostics.append(own) }
        guard let files = try VersionFiles.find(name, diagnostics: &own) else { return nil }
        return ContractVersion(files, label: name, diagnostics: &own)
    }
}

extension RegistryDeclaration.Profile: ExpressibleByArgument {}
