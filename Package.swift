// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

// SwiftPM asks pkg-config for every system library of a package, used or not, and warns in every build where the library
// is missing: libyaml where the tool is prebuilt, librdkafka where Kafka is not used. Linux needs no answer: the headers are
// where the compiler looks. With PKG_CONFIG_PATH set, libraries elsewhere are found.
#if os(Linux)
let asksPkgConfig = Context.environment["PKG_CONFIG_PATH"] != nil
#else
let asksPkgConfig = true
#endif

/// The settings of the modules that every user builds. In a debug build, one process compiles a whole module: each further
/// process would parse and check most of the module again. Modules of this size gain little from more processes. The
/// compiler's check of its own output is left to builds of the compiler.
///
/// SwiftPM accepts unsafe flags in a versioned dependency since 6.2, and only from manifests with tools version 6.2 or later.
let userSettings =
    settings + [
        .unsafeFlags(["-driver-batch-count", "1"], .when(configuration: .debug)),
        .unsafeFlags(["-Xfrontend", "-disable-llvm-verify"]),
    ]

/// The settings of the modules that only the tools use: without optimization in a release build, where SwiftPM compiles a
/// plugin's tool twice, and without a process of its own for each interface. An incremental build would find the second time
/// that nothing has changed, but prints a warning for each module: SwiftPM passes `-num-threads`, which that kind of build
/// ignores. The variable is for programs that are built once and used often.
let toolSettings =
    Context.environment["EVENT_CONTRACTS_OPTIMIZED_TOOL"] == nil
    ? userSettings + [
        .unsafeFlags(["-Onone", "-no-emit-module-separately-wmo"], .when(configuration: .release)),
        .unsafeFlags(isCheckout ? ["-Xfrontend", "-gnone"] : []),
    ] : userSettings

/// Whether this is SwiftPM's copy of the package, made for a package that depends on it: nobody debugs the tool there.
var isCheckout: Bool { Context.packageDirectory.split(separator: "/").dropLast().last == "checkouts" }

/// With a sanitizer, only the tests of the runtime and of Kafka are built, and locks are those that sanitizers know: see
/// `scripts/test-sanitizers`.
let isForSanitizer = Context.environment["EVENT_CONTRACTS_SANITIZER"] != nil

let package = Package(
    name: "swift-event-contracts",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "EventContracts", targets: ["EventContracts"]),
        .library(name: "EventContractsConfiguration", targets: ["EventContractsConfiguration"]),
        .library(name: "EventContractsEndpoints", targets: ["EventContractsEndpoints"]),
        .library(name: "EventContractsLifecycle", targets: ["EventContractsLifecycle"]),
        .library(name: "EventContractsService", targets: ["EventContractsService"]),
        .library(name: "EventContractsTesting", targets: ["EventContractsTesting"]),
        .library(name: "EventContractsTracing", targets: ["EventContractsTracing"]),
        .library(name: "KafkaTransport", targets: ["KafkaTransport"]),
        .library(name: "MessageEncryption", targets: ["MessageEncryption"]),
        .library(name: "PrometheusMetrics", targets: ["PrometheusMetrics"]),
        .library(name: "SchemaRegistry", targets: ["SchemaRegistry"]),
        .library(name: "SwiftMetricsBridge", targets: ["SwiftMetricsBridge"]),
        .library(name: "TDAContracts", targets: ["TDAContracts"]),
        .executable(name: "event-contracts", targets: ["event-contracts"]),
        .executable(name: "event-contracts-deploy", targets: ["event-contracts-deploy"]),
        .plugin(name: "GenerateContracts", targets: ["GenerateContracts"]),
        .plugin(name: "EventContractsCommand", targets: ["EventContractsCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Floor 0: ground
        .systemLibrary(
            name: "CLibYAML",
            pkgConfig: asksPkgConfig ? "yaml-0.1" : nil,
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        // The toolchain's Foundation needs libcurl too. pkg-config is asked on no system: macOS has the library in its SDK.
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        // Linux only: Apple's systems have CommonCrypto and CryptoKit.
        .systemLibrary(name: "CLibCrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CRdKafka", pkgConfig: asksPkgConfig ? "rdkafka" : nil,
            providers: [.apt(["librdkafka-dev"]), .brew(["librdkafka"])]),
        .target(name: "JSONTape", dependencies: ["StringFormats"], swiftSettings: userSettings),
        // The instructions of validators, and the interpreter that explains failures at run time.
        .target(name: "SchemaPlan", dependencies: ["JSONTape"], swiftSettings: userSettings),
        // The part of the runtime by which generated code reads, writes and validates messages. Apart from the tape and the
        // plan, which the plugin's tool needs too.
        .target(name: "MessageCoding", dependencies: ["JSONTape", "SchemaPlan"], swiftSettings: userSettings),
        // The settings of Kafka clients and the environment variables that set them: the runtime, the reader and
        // `event-contracts` share them. A service reads them once, when it starts: they are not worth the time of optimizing
        // them.
        .target(name: "KafkaSettings", dependencies: ["StringFormats"], swiftSettings: toolSettings),
        .target(name: "Locks", swiftSettings: settings + (isForSanitizer ? [.define("SANITIZER")] : [])),
        .target(name: "PrometheusMetrics", dependencies: ["Locks"], swiftSettings: userSettings),
        // Apart from the tape: all that takes a text and answers whether it has a format.
        .target(name: "StringFormats", swiftSettings: userSettings),
        .target(name: "Suggestions", swiftSettings: toolSettings),

        // Floor 1: words
        .target(
            name: "ContractModel", dependencies: ["CLibYAML", "JSONTape", "StringFormats", "Suggestions"],
            swiftSettings: toolSettings),
        .target(
            name: "EventContracts",
            dependencies: [
                "JSONTape", "KafkaSettings", "Locks", "MessageCoding", "PrometheusMetrics",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: userSettings
        ),
        // Apart from the runtime: swift-configuration is not part of a build that does not use it.
        .target(
            name: "EventContractsConfiguration",
            dependencies: [
                "EventContracts", "KafkaSettings", "StringFormats", "Suggestions",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        // Apart from the runtime: swift-service-lifecycle brings swift-async-algorithms and swift-collections along.
        .target(
            name: "EventContractsLifecycle",
            dependencies: [
                "EventContracts",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        // The answers to /metrics and /health, for any HTTP server: no HTTP library is part of the build.
        .target(name: "EventContractsEndpoints", dependencies: ["EventContracts"], swiftSettings: settings),
        // All parts of a service in one call.
        .target(
            name: "EventContractsService",
            dependencies: [
                "EventContracts", "EventContractsConfiguration", "EventContractsEndpoints", "EventContractsLifecycle",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        // For the tests of services, and our own. Works with every test framework.
        .target(
            name: "EventContractsTesting",
            dependencies: ["EventContracts", "Locks", .product(name: "Logging", package: "swift-log")],
            swiftSettings: settings
        ),
        // Apart from the runtime: swift-distributed-tracing is not part of a build that does not use it.
        .target(
            name: "EventContractsTracing",
            dependencies: ["EventContracts", .product(name: "Instrumentation", package: "swift-distributed-tracing")],
            swiftSettings: settings
        ),
        // Apart from the runtime: only who encrypts builds cryptography.
        .target(
            name: "MessageEncryption",
            dependencies: [
                .target(name: "CLibCrypto", condition: .when(platforms: [.linux])), "EventContracts", "Locks",
                "PrometheusMetrics", "StringFormats",
            ],
            swiftSettings: settings),
        // Apart from the metrics: swift-metrics is not part of a build that does not use it.
        .target(
            name: "SwiftMetricsBridge",
            dependencies: ["Locks", "PrometheusMetrics", .product(name: "CoreMetrics", package: "swift-metrics")],
            swiftSettings: settings
        ),
        // Apart from the runtime: only who sends to Kafka needs librdkafka.
        .target(
            name: "KafkaTransport",
            dependencies: [
                "CRdKafka", "EventContracts", "JSONTape", "Locks", "PrometheusMetrics", "Suggestions",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        // Apart from the runtime: only who uses a schema registry needs libcurl.
        .target(
            name: "SchemaRegistry",
            dependencies: [
                "CCurl", "EventContracts", "JSONTape", "KafkaSettings", "Locks",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),

        // Floor 2: meaning
        .target(name: "Patterns", dependencies: ["JSONTape", "StringFormats"], swiftSettings: toolSettings),
        // JSON Schema from files to an interpreter, apart from what contracts make of it.
        .target(
            name: "JSONSchema", dependencies: ["ContractModel", "JSONTape", "Patterns", "SchemaPlan", "Suggestions"],
            swiftSettings: toolSettings),
        // Two versions of a contract compared.
        .target(
            name: "ContractEvolution",
            dependencies: ["ContractModel", "JSONSchema", "JSONTape", "Patterns", "SchemaCompiler", "SchemaPlan"],
            swiftSettings: settings),
        .target(
            name: "SchemaCompiler",
            dependencies: ["ContractModel", "JSONSchema", "JSONTape", "Patterns", "SchemaPlan"],
            swiftSettings: toolSettings),
        .target(
            name: "MetricsCompiler", dependencies: ["ContractModel", "JSONTape", "SchemaCompiler", "SchemaPlan"],
            swiftSettings: toolSettings),
        // Apart from the metrics: who uses the build plugin builds neither PromQL nor what checks alerts by it.
        .target(
            name: "PromQL", dependencies: ["ContractModel", "PrometheusMetrics"], swiftSettings: settings),
        .target(
            name: "MonitoringCompiler",
            dependencies: [
                "ContractModel", "JSONTape", "MetricsCompiler", "PromQL", "PrometheusMetrics", "SchemaCompiler",
            ],
            swiftSettings: settings),

        // Apart from the compilers: who uses the build plugin does not build what only the whole contract shows.
        .target(
            name: "ContractChecks",
            dependencies: [
                "ContractEvolution", "ContractModel", "JSONSchema", "JSONTape", "Patterns", "SchemaCompiler",
                "SchemaPlan",
            ],
            swiftSettings: settings),

        // The entry to everything: reads, compiles and checks a contract in one go.
        .target(
            name: "ContractPipeline",
            dependencies: ["ContractChecks", "ContractModel", "MonitoringCompiler", "SchemaCompiler"],
            swiftSettings: settings),

        // Floor 3: writing
        .target(
            name: "ContractGenerator",
            dependencies: [
                "ContractModel", "JSONSchema", "JSONTape", "MetricsCompiler", "Patterns", "SchemaCompiler",
                "SchemaPlan",
            ],
            swiftSettings: toolSettings),
        .target(
            name: "MonitoringGenerator",
            dependencies: [
                "ContractGenerator", "ContractModel", "JSONTape", "MetricsCompiler", "MonitoringCompiler",
                "SchemaCompiler",
            ],
            swiftSettings: settings),

        // A contract in the forms of other tools.
        .target(
            name: "ContractExchange",
            dependencies: [
                "ContractEvolution", "ContractGenerator", "ContractModel", "JSONSchema", "JSONTape", "KafkaSettings",
                "MessageCoding", "MonitoringGenerator", "Patterns", "SchemaCompiler", "SchemaPlan",
            ],
            swiftSettings: settings),

        // A contract as people see it.
        .target(
            name: "ContractSite",
            dependencies: [
                "ContractEvolution", "ContractExchange", "ContractGenerator", "ContractModel", "JSONSchema", "JSONTape",
                "MetricsCompiler", "MonitoringCompiler", "MonitoringGenerator", "PromQL", "SchemaCompiler",
                "SchemaPlan",
            ],
            swiftSettings: settings),

        // Floor 4: programs
        // Apart from the tests, which need no official suite: scripts/conformance runs it.
        .executableTarget(
            name: "conformance-generator",
            dependencies: ["ContractGenerator", "ContractModel", "JSONSchema", "SchemaPlan"],
            path: "Tests/Conformance/Generator", swiftSettings: settings
        ),
        // For scripts/test-differential, which compares its verdicts with those of other validators.
        .executableTarget(
            name: "differential-verdicts",
            dependencies: ["ContractModel", "JSONSchema", "JSONTape", "SchemaPlan"],
            path: "Tests/Differential/Verdicts", swiftSettings: settings
        ),
        .executableTarget(
            name: "event-contracts",
            dependencies: [
                "ContractEvolution", "ContractExchange", "ContractGenerator", "ContractModel", "ContractPipeline",
                "ContractSite", "JSONTape", "KafkaSettings", "MetricsCompiler", "MonitoringCompiler",
                "MonitoringGenerator", "SchemaCompiler", "StringFormats",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings
        ),
        // Apart from the tool, which needs no network and no librdkafka.
        .executableTarget(
            name: "event-contracts-deploy",
            dependencies: [
                "ContractEvolution", "ContractModel", "EventContracts", "EventContractsConfiguration", "JSONTape",
                "KafkaTransport", "SchemaCompiler", "SchemaRegistry",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        // Apart from the tool: who uses the build plugin does not build what the command line needs.
        .executableTarget(
            name: "generate-contracts-tool",
            dependencies: ["ContractGenerator", "ContractModel", "MetricsCompiler", "SchemaCompiler"],
            swiftSettings: toolSettings
        ),
        .plugin(name: "GenerateContracts", capability: .buildTool(), dependencies: ["generate-contracts-tool"]),
        .plugin(
            name: "EventContractsCommand",
            capability: .command(
                intent: .custom(
                    verb: "event-contracts",
                    description: "Start, check, generate and use contracts: runs the tool event-contracts."),
                permissions: [
                    .writeToPackageDirectory(reason: "The tool writes new contracts and the files generated from them.")
                ]
            ),
            dependencies: ["event-contracts"]
        ),

        // The code generated from the contract of the TDA platform in schemas/
        .target(
            name: "TDAContracts", dependencies: ["EventContracts"], path: "Generated", exclude: ["Monitoring"],
            swiftSettings: settings),

        // Tests
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(
            name: "JSONTapeTests", dependencies: ["JSONTape", "MessageCoding", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "StringFormatTests", dependencies: ["JSONTape", "MessageCoding", "StringFormats", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "PatternTests", dependencies: ["JSONTape", "Patterns", "StringFormats", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "ContractModelTests", dependencies: ["ContractModel", "JSONTape", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "EventContractsTests",
            dependencies: [
                "EventContracts", "EventContractsConfiguration", "EventContractsEndpoints", "EventContractsLifecycle",
                "EventContractsService", "EventContractsTesting", "EventContractsTracing", "JSONTape", "KafkaSettings",
                "Locks", "TDAContracts", "TestSupport",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Instrumentation", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "KafkaTransportTests",
            dependencies: [
                "CRdKafka", "EventContracts", "EventContractsTesting", "JSONTape", "KafkaTransport",
                "Locks", "PrometheusMetrics", "TDAContracts", "TestSupport", "event-contracts-deploy",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MessageEncryptionTests",
            dependencies: ["EventContracts", "EventContractsTesting", "JSONTape", "MessageEncryption", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "PrometheusMetricsTests", dependencies: ["PrometheusMetrics", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "SwiftMetricsBridgeTests",
            dependencies: [
                "PrometheusMetrics", "SwiftMetricsBridge",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SchemaRegistryTests",
            dependencies: [
                "EventContracts", "EventContractsEndpoints", "JSONTape", "KafkaTransport", "SchemaRegistry",
                "TDAContracts", "TestSupport", "event-contracts-deploy",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SchemaCompilerTests",
            dependencies: [
                "ContractExchange", "ContractModel", "ContractPipeline", "JSONSchema", "JSONTape", "MessageCoding",
                "SchemaCompiler",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "JSONSchemaTests",
            dependencies: ["ContractModel", "JSONSchema", "JSONTape", "SchemaPlan", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "ContractEvolutionTests",
            dependencies: [
                "ContractEvolution", "ContractModel", "JSONSchema", "JSONTape", "SchemaPlan", "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ContractGeneratorTests",
            dependencies: [
                "ContractExchange", "ContractGenerator", "ContractModel", "ContractPipeline", "EventContracts",
                "JSONSchema", "MetricsCompiler", "MonitoringCompiler", "MonitoringGenerator", "Patterns", "PromQL",
                "SchemaCompiler",
                "SchemaPlan",
                "TDAContracts", "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CatalogTests",
            dependencies: [
                "ContractEvolution", "ContractExchange", "ContractGenerator", "ContractModel", "ContractPipeline",
                "ContractSite", "EventContracts", "JSONSchema", "JSONTape", "MonitoringCompiler", "MonitoringGenerator",
                "PromQL", "SchemaCompiler", "SchemaPlan", "TDAContracts", "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PromQLTests", dependencies: ["ContractModel", "PromQL", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "CommandTests", dependencies: ["event-contracts", "generate-contracts-tool"], swiftSettings: settings),
    ]
)

if isForSanitizer {
    package.targets.removeAll { $0.type == .test && !["EventContractsTests", "KafkaTransportTests"].contains($0.name) }
    package.targets.append(.target(name: "SanitizerThreads", path: "Tests/SanitizerThreads"))
    package.targets.first { $0.name == "KafkaTransport" }?.dependencies.append("SanitizerThreads")
}
