import { admit, breaks, connectKept, expect, heading, newestLogin, PLAIN, signedUp, test } from "../fixtures/test.ts";

test.describe.configure({ mode: "default" });
test.use({ settings: { RELINK_OUTAGES__CUSTOMERS: "2", RELINK_OUTAGES__SAMPLE: "3" } });
test.slow();

test("an outage: nobody is sent to sign in, everybody is told, and its end too", async ({ page, fresh, sandbox, browser, app, baseURL, javaScriptEnabled, stand }) => {
  // The demo's own connection there is one more.
  await connectKept(page);
  for (let others = 0; others < 2; others++) {
    const context = await browser.newContext({ baseURL, javaScriptEnabled, locale: "en-US" });
    const other = await context.newPage();
    await admit(other.request, app, await signedUp(other.request, app));
    await connectKept(other);
    await context.close();
  }
  await sandbox.tell({ do: "breakInstitution", institution: PLAIN.id, code: 102 });
  await breaks(page, sandbox, await newestLogin(sandbox), 102, "Trouble at the bank");
  await expect(async () => {
    // The readings are looked at together, a minute after the first of them.
    await sandbox.tell({ do: "advanceClock", minutes: 2 });
    await page.goto("/connections");
    await expect(page.locator(".card"), fresh.email).toContainText(/[23] others are affected\./, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole("button", { name: /^Fix connection/ })).toHaveCount(0);
  await expect(page.locator(".card")).toContainText(`${PLAIN.name} has had trouble since about`);
  await stand();
  await page.goto("/connect?q=finbank%20profiles%20-%20a");
  await expect(page.locator("main")).toContainText("Trouble there: it may not work now");
  await stand();
  await page.goto(`/connect/${PLAIN.id}`);
  await expect(page.locator(".notice")).toContainText("If signing in fails, it is not you");
  await stand();

  await sandbox.tell({ do: "heal", institution: PLAIN.id });
  await breaks(page, sandbox, await newestLogin(sandbox), 0, "Connected");
  await expect(heading(page)).toHaveText("Your bank is connected");
  await expect(async () => {
    await sandbox.tell({ do: "advanceClock", minutes: 2 });
    await page.goto(`/connect/${PLAIN.id}`);
    await expect(page.locator("main")).not.toContainText("has had trouble", { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
});
