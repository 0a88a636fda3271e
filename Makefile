.DEFAULT_GOAL := help
.PHONY: help demo test check bench generate templates artifact-bundle format lint clean

help:             ## Lists these targets
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

demo:             ## Generates the TDA library from schemas/ and runs a service that uses it
	@scripts/setup
	swift build --product event-contracts
	.build/debug/event-contracts generate schemas --output Generated
	swift build --package-path Examples/DemoService --scratch-path .build/examples/DemoService
	.build/examples/DemoService/debug/DemoService

test:             ## Passes all tests: formatting, unit tests, documentation, generated code, examples, independent judges
	@scripts/setup-judges
	$(MAKE) lint
	swift build --build-tests -Xswiftc -warnings-as-errors
	swift test --skip-build
	scripts/test-kafka
	scripts/test-docs
	.build/debug/event-contracts check schemas --swift Generated --monitoring Generated/Monitoring
	scripts/test-start
	scripts/test-examples
	.build/judges/bin/python scripts/test-agreement
	scripts/test-monitoring

check:            ## What to run before a commit: format, lint, all but the slowest tests (a minute when warm)
	$(MAKE) format lint
	swift test --skip RuleMutationTests

bench:            ## Prints the benchmarks, each beside what it is compared with, and the contract's generation times
	@scripts/setup-judges
	swift build -c release --package-path Benchmarks --scratch-path .build/benchmarks
	EVENT_CONTRACTS_OPTIMIZED_TOOL=1 swift build -c release --product event-contracts --scratch-path .build/release-tool
	.build/benchmarks/release/Benchmarks .build/release-tool/release/event-contracts
	scripts/bench-kafka
	scripts/measure-build

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

lint:             ## Checks the formatting of the Swift sources
	swift format lint --strict --recursive Package.swift Sources Tests Plugins Examples Benchmarks
	scripts/lint-generated Generated Examples/CheckedIn/Sources/Shop/Generated

clean:            ## Removes everything that was built
	rm -rf .build
