// swift-tools-version: 6.2

import PackageDescription

// A service that uses a library of generated code, as it would use any library.
let package = Package(
    name: "DemoService",
    platforms: [.macOS(.v15)],
    traits: [.trait(name: "Kafka", description: "Sends to a Kafka cluster; needs librdkafka.")],
    dependencies: [.package(name: "swift-event-contracts", path: "../..")],
    targets: [
        .executableTarget(
            name: "DemoService",
            dependencies: [
                .product(name: "EventContracts", package: "swift-event-contracts"),
                .product(name: "EventContractsConfiguration", package: "swift-event-contracts"),
                // Only a build that sends to Kafka needs librdkafka.
                .product(name: "KafkaTransport", package: "swift-event-contracts", condition: .when(traits: ["Kafka"])),
                .product(name: "TDAContracts", package: "swift-event-contracts"),
            ]
        )
    ]
)
