// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-event-contracts", path: ".."),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .target(name: "CAllocationCount"),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "CAllocationCount",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "EventContracts", package: "swift-event-contracts"),
                .product(name: "MessageEncryption", package: "swift-event-contracts"),
                .product(name: "PrometheusMetrics", package: "swift-event-contracts"),
                .product(name: "TDAContracts", package: "swift-event-contracts"),
            ]
        ),
        .executableTarget(
            name: "KafkaBenchmarks",
            dependencies: [
                .product(name: "Logging", package: "swift-log"),
                .product(name: "EventContracts", package: "swift-event-contracts"),
                .product(name: "KafkaTransport", package: "swift-event-contracts"),
                .product(name: "TDAContracts", package: "swift-event-contracts"),
            ]
        ),
        .executableTarget(
            name: "KafkaFaults",
            dependencies: [
                .product(name: "Logging", package: "swift-log"),
                .product(name: "EventContracts", package: "swift-event-contracts"),
                .product(name: "KafkaTransport", package: "swift-event-contracts"),
                .product(name: "TDAContracts", package: "swift-event-contracts"),
            ]
        ),
        .executableTarget(name: "KafkaFaultYardstick", linkerSettings: [.linkedLibrary("rdkafka")]),
        .executableTarget(name: "KafkaYardstick", linkerSettings: [.linkedLibrary("rdkafka")]),
    ]
)
