#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A reader of the names of files in folders.
package enum FolderReader {
    /// Returns the names in a folder, sorted; none where it can't be read.
    package static func names(in folder: String) -> [String] {
        list(folder) ?? []
    }

    /// Returns the names in a folder, sorted; `nil`, and the system's `errno`, where it can't be read.
    private static func list(_ folder: String) -> [String]? {
        guard let stream = opendir(folder) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Returns whether a path is a folder itself, and not a link to one: links could lead in circles.
    private static func isOwnFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Returns whether there is anything at a path, links followed.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0
    }

    /// The files in a folder and below, and the folders there that could not be looked into, by their paths from it.
    package struct Listing {
        package internal(set) var files: [String] = []
        package fileprivate(set) var unreadableFolders: [String] = []
    }

    /// As far down as files are looked for.
    static let maximumDepth = 16

    /// Returns the files in a folder and below whose names have one of some endings. Hidden folders and links to
    /// folders are ignored.
    package static func files(below folder: String, endings: [String], diagnostics: inout Diagnostics) -> Listing {
        var listing = Listing()
        var waiting = [(path: "", depth: 0)]
        while let (path, depth) = waiting.popLast() {
            let whole = PathName.join(folder, path)
            guard let names = list(whole) else {
                diagnostics.error(
                    .unreadableFile, at: SourceLocation(file: whole), "can't be listed: \(FileReader.message(errno))")
                listing.unreadableFolders.append(path)
                continue
            }
            for name in names where !name.hasPrefix(".") {
                let inner = PathName.join(path, name)
                if endings.contains(where: { name.hasSuffix($0) && name != $0 }) {
                    listing.files.append(inner)
                } else if depth < maximumDepth, isOwnFolder(PathName.join(folder, inner)) {
                    waiting.append((inner, depth + 1))
                }
            }
        }
        listing.files.sort()
        return listing
    }
}
