import { defineConfig } from "@playwright/test";
import { QUICK } from "./fixtures/chromium.ts";

export default defineConfig({
  testDir: ".",
  outputDir: "test-results",
  forbidOnly: true,
  // A test that passes at the second try has failed.
  retries: 0,
  // Each worker has a server and a browser of its own, and takes the next test
  // whatever its file: no long file is left for the end. Tests with settings of
  // their own stay together, because each worker would start a server for them.
  fullyParallel: true,
  // A test waits half of its time for jobs and clocks.
  workers: 3,
  timeout: 60_000,
  // A loaded machine answers late; what passes waits no longer for it.
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/report.json" }]],
  use: {
    locale: "en-US",
    timezoneId: "America/New_York",
    screenshot: "only-on-failure",
    // The pages are kept as they were; pictures of every moment would cost a tenth more.
    trace: { mode: "retain-on-failure", screenshots: false, sources: false },
    launchOptions: {
      executablePath: QUICK,
      // It must ask nobody but us.
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
      ],
    },
  },
  // A test runs in both, unless its title says @script or @noscript.
  projects: [
    { name: "script", grepInvert: /@noscript/ },
    { name: "noscript", grepInvert: /@script/, use: { javaScriptEnabled: false } },
  ],
});
