import type { Page } from "@playwright/test";
import { agree, enter, expect, heading, leaveFor, OAUTH, PLAIN, share, test } from "../fixtures/test.ts";

test.use({ settings: { RELINK_CONNECT__WINDOW: "popup" } });
// On one server of theirs.
test.describe.configure({ mode: "default" });

async function open(page: Page): Promise<Page> {
  await page.goto(`/connect/${PLAIN.id}`);
  await expect(page.getByText("Opens in a new window.")).toBeVisible();
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.locator("form.go button[type=submit]").click()]);
  await expect(popup.getByRole("button", { name: "Agree and continue" })).toBeVisible();
  return popup;
}

test("popup: done @script", async ({ page, fresh, app }) => {
  const popup = await open(page);
  await agree(popup);
  await enter(popup, "test", "profile_02");
  const closed = popup.waitForEvent("close");
  await share(popup);
  await closed;
  await expect(page).toHaveURL(new RegExp(`^${app}/connect/sessions/`));
  await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} is connected: two accounts`);
});

test("popup: cancel @script", async ({ page, fresh }) => {
  const popup = await open(page);
  await agree(popup);
  await popup.getByRole("button", { name: "Cancel and go back" }).click();
  await expect(heading(page), fresh.email).toHaveText("You left before the end", { timeout: 30_000 });
});

test("popup: closed by its person @script", async ({ page, fresh }) => {
  const popup = await open(page);
  await agree(popup);
  await popup.close();
  await expect(heading(page), fresh.email).toHaveText("You left before the end", { timeout: 30_000 });
});

test("popup: OAuth takes the whole page @script", async ({ page, fresh, sandbox }) => {
  await leaveFor(page, OAUTH);
  await expect(page, fresh.email).toHaveURL(new RegExp(`^${sandbox.origin}`));
  expect(page.context().pages()).toHaveLength(1);
});

test("popup: without script the page leaves @noscript", async ({ page, fresh, sandbox }) => {
  await leaveFor(page, PLAIN);
  await expect(page, fresh.email).toHaveURL(new RegExp(`^${sandbox.origin}`));
});
