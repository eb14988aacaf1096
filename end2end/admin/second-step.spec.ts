import { codeOf, confirmFactor } from "../fixtures/totp.ts";
import { admit, DEMO, expect, heading, type Person, test } from "../fixtures/test.ts";
import type { Page } from "@playwright/test";

test.use({ settings: { RELINK_STAFF__SECOND_FACTOR: "always" } });
// One admin, whose second step each test would set up.
test.describe.configure({ mode: "serial" });

/** Types the password; where it leads is the test's matter. */
async function password(page: Page, person: Person): Promise<void> {
  await page.goto("/sign-in?next=%2Fadmin%2Fpeople");
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
}

test("an admin sets the second step up, signs in by it, and looks after people @noscript", async ({ page, stand, server, app, browser }) => {
  await password(page, DEMO.admin);
  await expect(heading(page)).toHaveText("Set up your second step");
  await stand();
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByRole("img", { name: "Picture for the authenticator app" })).toBeVisible();
  await stand();
  await page.getByLabel("The code that the app shows now").fill("x");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.locator("#setup-code-problem")).toContainText("This is not the code of the app");
  const { secret, codes } = await confirmFactor(page);
  expect(codes).toHaveLength(10);
  await stand();
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(heading(page)).toHaveText("People");
  await stand();

  await page.getByRole("button", { name: "Sign out" }).click();
  await password(page, DEMO.admin);
  await expect(heading(page)).toHaveText("Your code");
  await stand();
  // The clock of the app may be a step ahead: no test waits for the next one.
  await page.getByLabel("Code").fill(codeOf(secret, 1));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(heading(page)).toHaveText("People");

  await page.getByLabel("Address begins with").fill("ben");
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByRole("link", { name: "ben@example.com" }).click();
  await stand();
  await page.getByRole("combobox", { name: "Role" }).selectOption("support");
  await page.getByRole("button", { name: "Change the role" }).click();
  await expect(page.locator("main")).toContainText("The role is changed.");
  // Who became staff sets one up before anything else.
  const other = await browser.newContext({ baseURL: app, javaScriptEnabled: false });
  const ben = await other.newPage();
  await admit(other.request, app, DEMO.fresh);
  await ben.goto("/sign-in/second-step");
  await expect(heading(ben)).toHaveText("Set up your second step");
  await ben.goto("/admin");
  await expect(ben, server.app).toHaveURL(/sign-in/);
  await other.close();

  await page.getByRole("button", { name: "Disable" }).click();
  await expect(page.locator("main")).toContainText("cannot sign in any more");
  await page.getByRole("button", { name: "Let in again" }).click();
  await page.getByRole("link", { name: "Audit" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Changed a role" })).toContainText("User, now Support");
  await stand();
  await page.getByRole("combobox", { name: "What" }).selectOption("disabled");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.locator("tbody tr")).toHaveCount(1);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as CSV" }).click();
  expect((await download).suggestedFilename()).toBe("audit.csv");

  await page.getByRole("link", { name: "Account" }).click();
  await page.getByRole("link", { name: "See the second step" }).click();
  await expect(page.locator("main")).toContainText("Your role asks for it, so it stays on.");
  await stand();
});
