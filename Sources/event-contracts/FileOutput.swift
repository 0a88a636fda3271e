import ArgumentParser
import ContractGenerator
import ContractModel

/// Brings generated files to a folder, or tells how they differ from what is there.
struct FileOutput {
    let folder: String
    let reporter: Reporter

    func put(_ files: [GeneratedFile], check: Bool, quiet: Bool) throws {
        do {
            if check { try compare(files) } else { try write(files, quiet: quiet) }
        } catch let failure as OutputFolder.Failure {
            var problem = Diagnostics()
            problem.error(.unwritableOutput, at: SourceLocation(file: failure.path), failure.message)
            reporter.report(problem)
            throw ExitCode(1)
        }
    }

    private func compare(_ files: [GeneratedFile]) throws {
        let differences = try OutputFolder(folder).differences(from: files)
        for difference in differences {
            Terminal.write(
                UnifiedDiff.render(old: difference.old, new: difference.new, name: difference.name), to: .standardOutput
            )
        }
        guard differences.isEmpty else { throw ExitCode(1) }
    }

    private func write(_ files: [GeneratedFile], quiet: Bool) throws {
        let summary = try OutputFolder(folder).write(files)
        guard !quiet, reporter.format == .text else { return }
        for name in summary.written { Terminal.write("wrote \(PathName.join(folder, name))\n", to: .standardOutput) }
        for name in summary.removed { Terminal.write("removed \(PathName.join(folder, name))\n", to: .standardOutput) }
        if summary.written.isEmpty, summary.removed.isEmpty {
            Terminal.write("\(summary.unchanged.count) files are up to date\n", to: .standardOutput)
        }
    }
}
