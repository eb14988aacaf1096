import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

// Playwright's own download is not used: the browser is the system's. The shell is
// the same engine without windows, for half the processor time.
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
const places = [process.env.CHROMIUM, ...names.map((name) => `/usr/bin/${name}`)];
const chromium = places.find((path) => path !== undefined && existsSync(path));
if (chromium === undefined) throw new Error("no Chromium: name it in CHROMIUM, or run scripts/setup test");

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
      executablePath: chromium,
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
