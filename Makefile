.DEFAULT_GOAL := help
.PHONY: help demo demo-kafka test test-site test-kafka test-faults test-sanitizers conformance differential fuzz check bench bench-widest generate templates artifact-bundle format lint clean

help:             ## Lists these targets
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

demo:             ## Generates the TDA library from schemas/ and runs a service that uses it; on Kafka with KAFKA_BOOTSTRAP_SERVERS
	@scripts/setup $(if $(KAFKA_BOOTSTRAP_SERVERS),--kafka)
	swift build --product event-contracts
	.build/debug/event-contracts generate schemas --output Generated
	swift build --package-path Examples/DemoService --scratch-path .build/examples/DemoService $(if $(KAFKA_BOOTSTRAP_SERVERS),--traits Kafka)
	.build/examples/DemoService/debug/DemoService

demo-kafka:       ## The demo on a Kafka broker that it installs and starts; kcat reads the records back
	@scripts/demo-kafka

test:             ## Passes all tests: formatting, unit tests, documentation, generated code, examples, independent judges
	@scripts/setup-judges
	$(MAKE) lint
	swift build --build-tests -Xswiftc -warnings-as-errors
	scripts/run-tests
	scripts/conformance --sample
	scripts/test-new-librdkafka
	scripts/test-docs
	scripts/test-commands
	.build/debug/event-contracts check schemas --swift Generated --monitoring Generated/Monitoring
	scripts/test-source-breaks
	scripts/test-start
	scripts/test-examples
	.build/judges/bin/python scripts/test-agreement
	.build/judges/bin/python scripts/test-differential 2000 1
	scripts/test-monitoring
	scripts/test-job-service

test-site:        ## Opens the sites of the platform's contract and of 1,000 messages in headless Chromium
	@scripts/test-site

test-kafka:       ## Runs the Kafka tests on Apache Kafka; needs Docker
	@scripts/test-kafka

test-faults:      ## Kills the broker under load, beside a C program, and judges what is in it; takes some minutes
	@scripts/test-faults

test-sanitizers:  ## Runs the tests of the runtime and of Kafka with address and thread sanitizer
	@scripts/test-sanitizers

check:            ## What to run before a commit: format, lint, all but the slowest tests (a minute when warm)
	$(MAKE) format lint
	swift build --build-tests
	scripts/run-tests --skip RuleMutationTests

conformance:      ## Runs the official test suite of JSON Schema, and prints the results by draft and file
	scripts/conformance

differential:     ## Compares verdicts on 100,000 random pairs with those of PyPI's jsonschema and jsonschema-rs
	@scripts/setup-judges
	swift build --product differential-verdicts
	.build/judges/bin/python scripts/test-differential 100000

fuzz:             ## Runs libFuzzer on the tape, schemas and manifests, FUZZ_SECONDS (60) each
	@scripts/setup
	scripts/fuzz

bench:            ## Prints the benchmarks, each beside what it is compared with, and the contract's generation times
	@scripts/setup-judges
	swift build -c release --package-path Benchmarks --scratch-path .build/benchmarks
	EVENT_CONTRACTS_OPTIMIZED_TOOL=1 swift build -c release --product event-contracts --scratch-path .build/release-tool
	.build/benchmarks/release/Benchmarks .build/release-tool/release/event-contracts
	scripts/bench-kafka
	scripts/bench-schemas
	scripts/bench-containment
	scripts/measure-build

bench-widest:     ## Compiles types of 1,000 properties and of 5,000 values beside plain ones: up to 10 GB and 20 minutes
	swift build -c release --package-path Benchmarks --scratch-path .build/benchmarks
	EVENT_CONTRACTS_OPTIMIZED_TOOL=1 swift build -c release --product event-contracts --scratch-path .build/release-tool
	.build/benchmarks/release/Benchmarks widest .build/release-tool/release/event-contracts

generate:         ## Writes Generated/ anew from schemas/
	swift build --product event-contracts
	.build/debug/event-contracts generate schemas --output Generated
	.build/debug/event-contracts monitoring schemas --output Generated/Monitoring

templates:        ## Writes templates/ into the generator
	scripts/embed-templates

artifact-bundle:  ## Builds the prebuilt tool and the package of plugins that run it
	@scripts/setup
	scripts/artifact-bundle

format:           ## Formats the Swift sources
	swift format --in-place --recursive Package.swift Sources Tests Plugins Examples Benchmarks

lint:             ## Checks formatting and placement in the Swift sources, and the language and links of texts
	swift format lint --strict --recursive Package.swift Sources Tests Plugins Examples Benchmarks
	scripts/lint-generated Generated Examples/CheckedIn/Sources/Shop/Generated
	scripts/lint-placement
	scripts/lint-comments
	scripts/lint-language
	scripts/lint-docs

clean:            ## Removes everything that was built
	rm -rf .build
