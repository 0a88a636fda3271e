import ArgumentParser
import ContractGenerator
import ContractModel

/// Brings generated files to a folder, or tells how they differ from what is there.
struct FileOutput {
    let folder: String
    let reporter: Reporter

    func put(_ files: [GeneratedFile], check: Bool) throws {
        do {
            if check { try compare(files) } else { try write(files) }
        } catch let failure as OutputFolder.Failure {
            var problem = Diagnostics()
            problem.append(failure)
            reporter.report(problem)
            throw ExitCode(1)
        }
    }

    private func compare(_ files: [GeneratedFile]) throws {
        let differences = try OutputFolder(folder).differences(from: files)
        for difference in differences {
            StandardStream.output.write(
                UnifiedDiff.render(old: difference.old, new: difference.new, name: difference.name))
        }
        guard differences.isEmpty else { throw ExitCode(1) }
    }

    private func write(_ files: [GeneratedFile]) throws {
        let summary = try OutputFolder(folder).write(files)
        guard reporter.format == .text else { return }
        for name in summary.written { StandardStream.output.write("wrote \(PathName.join(folder, name))\n") }
        for name in summary.removed { StandardStream.output.write("removed \(PathName.join(folder, name))\n") }
        if summary.written.isEmpty, summary.removed.isEmpty {
            StandardStream.output.write("\(summary.unchanged.count) files are up to date\n")
        }
    }
}
