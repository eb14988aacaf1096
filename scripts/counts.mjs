// Reads a machine's report of a test run and prints "passed failed skipped":
// node scripts/counts.mjs rust JUNIT.xml | browser REPORT.json
// Names every skipped test on the error output.
import { readFileSync } from "node:fs";

const [kind, path] = process.argv.slice(2);
const text = readFileSync(path, "utf8");

function rust() {
  let passed = 0;
  let failed = 0;
  const skipped = [];
  for (const [, attributes, body = ""] of text.matchAll(/<testcase ([^>]*?)(?:\/>|>(.*?)<\/testcase>)/gs)) {
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1];
    if (/<(failure|error)\b/.test(body)) failed += 1;
    // A test that cannot run where it is says so and returns.
    else if (/(^|>|\n)SKIP /.test(body)) skipped.push(name);
    else passed += 1;
  }
  return { passed, failed, skipped };
}

function browser() {
  const { stats, errors, suites } = JSON.parse(text);
  const skipped = [];
  const walk = (suite, path) => {
    for (const { title, tests } of suite.specs ?? []) {
      for (const { status, projectName } of tests) {
        if (status === "skipped") skipped.push(`[${projectName}] ${[...path, title].join(" › ")}`);
      }
    }
    for (const inner of suite.suites ?? []) walk(inner, [...path, inner.title]);
  };
  for (const suite of suites) walk(suite, [suite.title]);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped };
}

const { passed, failed, skipped } = { rust, browser }[kind]();
for (const name of skipped) console.error(`SKIP ${name}`);
console.log(passed, failed, skipped.length);
