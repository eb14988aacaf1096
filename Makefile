.DEFAULT_GOAL := help
.PHONY: help run watch test build bench clean-data

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: ## start Relink with its sandbox at http://localhost:3000
	@scripts/run

watch: ## the same, rebuilt and restarted on every change
	@scripts/watch

test: ## everything that must hold, as CI runs it
	@scripts/test

build: ## the release program in dist/
	@scripts/build

bench: ## measure search, states, sweep and pages of staff, and hold them to their promises
	@scripts/bench

clean-data: ## forget the database and mail of `make run`
	rm -rf data
