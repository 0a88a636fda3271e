// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "MonitoredService",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-event-contracts", path: "../.."),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The answers of EventContractsEndpoints as Hummingbird's responses.
        .target(
            name: "HummingbirdEndpoints",
            dependencies: [
                .product(name: "EventContractsEndpoints", package: "swift-event-contracts"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ]),
        // Needs librdkafka.
        .executableTarget(
            name: "JobService",
            dependencies: [
                "HummingbirdEndpoints",
                .product(name: "EventContractsService", package: "swift-event-contracts"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "KafkaTransport", package: "swift-event-contracts"),
                .product(name: "TDAContracts", package: "swift-event-contracts"),
            ]),
        .executableTarget(
            name: "MonitoredService",
            dependencies: [
                "HummingbirdEndpoints",
                .product(name: "EventContractsService", package: "swift-event-contracts"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            plugins: [.plugin(name: "GenerateContracts", package: "swift-event-contracts")]),
    ]
)
