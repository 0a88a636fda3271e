package import ContractModel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The folder that generated files go to.
package struct OutputFolder {
    /// What writing changed.
    package struct Summary: Hashable, Sendable {
        package var written: [String] = []
        package var unchanged: [String] = []
        package var removed: [String] = []
    }

    /// Why the folder can't be read or written.
    package struct Failure: Error, CustomStringConvertible {
        package var path: String
        package var message: String

        package init(path: String, message: String) {
            self.path = path
            self.message = message
        }

        /// A failure whose cause the system or Foundation tells.
        package init(path: String, what: String, cause: any Error) {
            self.init(path: path, message: "\(what): \(Self.reason(cause))")
        }

        package var description: String { "\(path): \(message)" }

        private static func reason(_ error: any Error) -> String {
            if let cause = error as? POSIXError ?? (error as? CocoaError)?.underlying as? POSIXError {
                return strerror(cause.code.rawValue).map { String(cString: $0) } ?? "error \(cause.code.rawValue)"
            }
            return switch (error as? CocoaError)?.code {
            case .fileWriteNoPermission, .fileReadNoPermission: "Permission denied"
            case .fileWriteFileExists: "a file is in the way"
            default: "the system does not say why"
            }
        }
    }

    /// A difference between what is on disk and what would be generated.
    package struct Difference: Hashable, Sendable {
        package var name: String
        /// What is on disk; `nil` where there is no file.
        package var old: String?
        /// What would be generated; `nil` where the file would be removed.
        package var new: String?
    }

    private let url: URL
    private let suffixes: [String]

    /// - Parameter suffixes: How the names of generated files end. What else there is of such names, and was generated, is
    ///   no longer made.
    package init(_ path: String, suffixes: [String] = [".swift"]) {
        url = URL(filePath: path, directoryHint: .isDirectory)
        self.suffixes = suffixes
    }

    /// What differs, by name. Writes nothing.
    package func differences(from files: [GeneratedFile]) throws(Failure) -> [Difference] {
        var differences: [Difference] = []
        for file in files {
            let old = try contents(of: file.name)
            // By bytes, for Swift takes two forms of a letter for one.
            guard old != Data(file.contents.utf8) else { continue }
            differences.append(Difference(name: file.name, old: old.map(Self.text), new: file.contents))
        }
        for name in try staleFiles(besides: files) {
            differences.append(Difference(name: name, old: try contents(of: name).map(Self.text), new: nil))
        }
        return differences.sorted { $0.name < $1.name }
    }

    /// Makes the folder hold these files: writes those that differ, and removes generated ones that are no longer made.
    ///
    /// All are written beside their places first, and only then moved there, so that the folder has either all of them or,
    /// where the disk is full say, what it had before.
    package func write(_ files: [GeneratedFile]) throws(Failure) -> Summary {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw Failure(path: url.path, what: "can't be made", cause: error)
        }
        let changed = try differences(from: files)
        try checkPlaces(of: changed)
        try WholeFiles.write(changed.compactMap { change in change.new.map { (place(of: change.name), $0) } })
        for change in changed where change.new == nil {
            guard unlink(place(of: change.name)) == 0 else {
                throw Failure(path: place(of: change.name), what: "can't be removed", cause: WholeFiles.lastError)
            }
        }
        let names = Set(changed.map(\.name))
        return Summary(
            written: changed.filter { $0.new != nil }.map(\.name),
            unchanged: files.map(\.name).filter { !names.contains($0) },
            removed: changed.filter { $0.new == nil }.map(\.name))
    }

    /// Refuses to take the place of what was not generated.
    private func checkPlaces(of changes: [Difference]) throws(Failure) {
        for change in changes {
            if change.old.map(GeneratedFile.isGenerated) == false {
                throw Failure(
                    path: place(of: change.name),
                    message: "was not generated, and is in the way; move it, or choose another folder")
            }
            if FolderReader.isFolder(place(of: change.name)) {
                throw Failure(path: place(of: change.name), message: "a folder is in the way")
            }
        }
    }

    private func place(of name: String) -> String { url.appending(path: name).path }

    /// Generated files that are no longer made. Files without the marker are a person's, and never touched.
    private func staleFiles(besides files: [GeneratedFile]) throws(Failure) -> [String] {
        let current = Set(files.map(\.name))
        guard FileManager.default.fileExists(atPath: url.path) else { return [] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: url.path)
        } catch {
            throw Failure(path: url.path, what: "can't be listed", cause: error)
        }
        var stale: [String] = []
        for name in names.sorted() where suffixes.contains(where: name.hasSuffix) && !current.contains(name) {
            if try contents(of: name).map(Self.text).map(GeneratedFile.isGenerated) == true { stale.append(name) }
        }
        return stale
    }

    private static func text(of contents: Data) -> String { String(decoding: contents, as: UTF8.self) }

    /// What a file holds; `nil` where there is none, but perhaps a folder of that name.
    private func contents(of name: String) throws(Failure) -> Data? {
        let place = place(of: name)
        guard FileManager.default.fileExists(atPath: place), !FolderReader.isFolder(place) else { return nil }
        do {
            return try Data(contentsOf: URL(filePath: place))
        } catch {
            throw Failure(path: place, what: "can't be read", cause: error)
        }
    }
}

extension Diagnostics {
    package mutating func append(_ failure: OutputFolder.Failure) {
        error(.unwritableOutput, at: SourceLocation(file: failure.path), failure.message)
    }
}
