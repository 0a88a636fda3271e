package import ContractModel
import JSONTape
import MonitoringGenerator

/// An import that starts a contract from an AsyncAPI document of version 2 or 3.
package struct AsyncAPIImport {
    /// The files of the contract, and all that they do not carry over.
    package struct Result: Sendable {
        package var files: [(name: String, contents: String)]
        /// The parts of the document that a contract has no place for, with their places.
        package var losses: [Located<String>]
    }

    let document: AsyncAPIDocument
    private var losses: [Located<String>] = []
    private var schemas: [(name: String, contents: String)] = []
    /// The positions of schemas by their names in lower case: some systems ignore case.
    private var schemaPositions: [String: Int] = [:]
    var messages = JSONObject()
    private var services = JSONObject()
    /// The words of the manifest that the document was exported from.
    private(set) var words: JSONObject
    /// The schema files that the document has beside its payloads.
    private let files: JSONObject
    /// Whether the document was exported from a contract.
    let isExported: Bool
    /// The places of the schemas that messages consist of.
    var usedSchemas: Set<JSONPointer> = []
    /// The schemas of messages that a channel has beside others.
    var schemasByMessage: [String: JSONValue] = [:]
    /// The files of payloads, which several messages may have.
    var filesByPayload: [SourceNode: String] = [:]

    /// Reads an AsyncAPI document.
    ///
    /// A document without a message that a contract can have is reported. Its losses say why.
    ///
    /// - Returns: `nil` where the document can't be read, which is reported.
    package static func read(_ bytes: [UInt8], path: String, diagnostics: inout Diagnostics) -> Result? {
        let isJSON = bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
        let root =
            isJSON
            ? JSONReader.read(bytes, file: path, diagnostics: &diagnostics)
            : YAMLReader.read(bytes, file: path, diagnostics: &diagnostics)
        guard let root, let document = AsyncAPIDocument(root, diagnostics: &diagnostics) else { return nil }
        var reader = AsyncAPIImport(document)
        let result = reader.result()
        if reader.messages.isEmpty {
            let channels = document.root["channels"] ?? document.root
            diagnostics.error(
                .invalidValue, at: channels.location,
                "the document has no message with a JSON Schema, and a contract has at least one")
        }
        return result
    }

    private init(_ document: AsyncAPIDocument) {
        self.document = document
        words = document.root["info"]?[AsyncAPIExport.extensionKey]?.jsonValue.object ?? JSONObject()
        isExported = !words.isEmpty
        files = words[ManifestWords.filesKey]?.object ?? JSONObject()
        words[ManifestWords.filesKey] = nil
    }

    private mutating func result() -> Result {
        noteRoot()
        if let known = words["services"]?.object { services = known }
        var topics = JSONObject()
        for channel in document.channels {
            let topic = self.topic(channel, taken: topics)
            guard let topic else { continue }
            topics[topic.key] = .object(topic.value)
        }
        noteOperations()
        noteComponents()
        var manifest: JSONObject = ["contract": .string(contractName)]
        manifest["version"] = .string(version)
        manifest["description"] = document.root["info"]?["description"]?.text.map(JSONValue.string)
        manifest["service"] = words["service"] ?? .string(document.serviceName)
        for (key, value) in words where manifest[key] == nil && key != "services" { manifest[key] = value }
        if var options = words["schemas"]?.object {
            // The schemas of other folders are part of the files.
            options["folders"] = nil
            manifest["schemas"] = options.isEmpty ? nil : .object(options)
        }
        if !services.isEmpty { manifest["services"] = .object(services) }
        manifest["topics"] = .object(topics)
        manifest["messages"] = .object(messages)
        let text =
            "# Started from \(PathName.split(document.path).name) by event-contracts.\n"
            + YAMLDocument.text(.object(manifest))
        // A message that several channels have is read for each.
        var seen: Set<Located<String>> = []
        return Result(
            files: [(ContractReader.manifestName, text)] + schemas,
            losses: losses.sorted { $0.location < $1.location }.filter { seen.insert($0).inserted })
    }

    // MARK: The document

    private var contractName: String {
        if let name = words["contract"]?.string { return name }
        return ImportNames.type(document.root["info"]?["title"]?.text ?? "") ?? "Imported"
    }

    /// The version in the three numbers that a contract has.
    private var version: String {
        let text = document.root["info"]?["version"]?.text ?? ""
        return text.wholeMatch(of: /(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)/) == nil ? "1.0.0" : text
    }

    mutating func note(_ text: String, at location: SourceLocation) {
        losses.append(Located(text, at: location))
    }

    private mutating func noteRoot() {
        if let info = document.root["info"], let stated = info["version"], stated.text != version {
            note(
                "the version '\(stated.text ?? "")' is not MAJOR.MINOR.PATCH; the contract begins with 1.0.0",
                at: stated.location)
        }
        if case .array(let names)? = words[ManifestWords.omittedKey] {
            let list = names.compactMap(\.string).joined(separator: ", ")
            note(
                "the document was exported without: \(list)",
                at: document.root["info"]?.location ?? document.root.location)
        }
        words[ManifestWords.omittedKey] = nil
        noteRest(of: document.root, "the document", Carried.document)
        if let info = document.root["info"] { noteRest(of: info, "'info'", Carried.info) }
    }

    /// Adds a file; nothing where a file of that name and text exists already.
    ///
    /// - Returns: The name of the file, which differs where another file has the name.
    mutating func add(_ schema: JSONValue, named name: String) -> String {
        let text = PrettyJSON.text(schema)
        var (stem, number) = (name, 2)
        while let known = schemaPositions[stem.lowercased()].map({ schemas[$0] }) {
            if known.name == stem, known.contents == text { return stem }
            let ending = SchemaFile.endings.first { name.hasSuffix($0) } ?? ""
            stem = "\(name.dropLast(ending.count))\(number)\(ending)"
            number += 1
        }
        append(stem, text)
        return stem
    }

    /// Adds the files of an exported schema, and returns whether the document has them.
    mutating func addFiles(of reference: String) -> Bool {
        guard files[SchemaFile.name(of: reference)] != nil, files.allSatisfy({ SchemaFileName.isPlain($0.key) }) else {
            return false
        }
        // A file refers to others by their names, so none may be renamed.
        for (name, schema) in files where schemaPositions[name.lowercased()] == nil {
            append(name, schema.string ?? PrettyJSON.text(schema))
        }
        return true
    }

    private mutating func append(_ name: String, _ text: String) {
        schemaPositions[name.lowercased()] = schemas.count
        schemas.append((name, text))
    }

    mutating func addServices(_ channel: AsyncAPIDocument.Channel, to topic: inout JSONObject) {
        for (key, names) in [("producers", channel.producers), ("consumers", channel.consumers)] where !names.isEmpty {
            topic[key] = .array(names.map(JSONValue.string))
            for name in names where services[name] == nil { services[name] = .null }
        }
    }
}
