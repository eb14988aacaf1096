import type { FrameLocator, Page } from "@playwright/test";
import { agree, enter, expect, heading, leaveFor, OAUTH, PLAIN, share, test } from "../fixtures/test.ts";

test.use({ settings: { RELINK_CONNECT__WINDOW: "embedded" } });
// On one server of theirs.
test.describe.configure({ mode: "default" });

const button = (page: Page) => page.locator("form.go button[type=submit]");

async function open(page: Page): Promise<FrameLocator> {
  await page.goto(`/connect/${PLAIN.id}`);
  await button(page).click();
  const frame = page.frameLocator("#connectIframe");
  await expect(frame.getByRole("button", { name: "Agree and continue" })).toBeVisible();
  return frame;
}

test("embedded: the button says where the window opens, where there is one @script", async ({ page, fresh }) => {
  const told = page.getByText("Opens on top of this page.");
  await page.goto(`/connect/${PLAIN.id}`);
  await expect(told, fresh.email).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(told, "a narrow screen leaves").toBeHidden();
  await page.setViewportSize({ width: 1280, height: 740 });
  await expect(told).toBeVisible();
  await page.goto(`/connect/${OAUTH.id}`);
  await expect(heading(page)).toBeVisible();
  await expect(told, "OAuth takes the whole page").toHaveCount(0);
});

test("embedded: without script nothing is said of a window @noscript", async ({ page, fresh }) => {
  await page.goto(`/connect/${PLAIN.id}`);
  await expect(button(page), fresh.email).toBeVisible();
  await expect(page.getByText("Opens on top of this page.")).toBeHidden();
});

test("embedded: done @script", async ({ page, fresh, app }) => {
  const frame = await open(page);
  await agree(frame);
  await enter(frame, "test", "profile_02");
  await expect(page, "it never left").toHaveURL(`${app}/connect/${PLAIN.id}`);
  await share(frame);
  await expect(page).toHaveURL(new RegExp(`^${app}/connect/sessions/`));
  await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} is connected: two accounts`);
  await expect(page.locator("#connectIframe")).toHaveCount(0);
});

test("embedded: cancel @script", async ({ page, fresh }) => {
  const frame = await open(page);
  await agree(frame);
  await frame.getByRole("button", { name: "Cancel and go back" }).click();
  await expect(heading(page), fresh.email).toHaveText("You left before the end", { timeout: 30_000 });
});

test("embedded: quiet for too long @script", async ({ page, fresh, sandbox }) => {
  const frame = await open(page);
  await agree(frame);
  await sandbox.tell({ do: "advanceClock", minutes: 8 });
  await expect(heading(page), fresh.email).toHaveText("The time for signing in ran out", { timeout: 30_000 });
});

test("embedded: OAuth takes the whole page @script", async ({ page, fresh, app, sandbox }) => {
  await leaveFor(page, OAUTH);
  await expect(page).toHaveURL(new RegExp(`^${sandbox.origin}`));
  await agree(page);
  await page.getByRole("link", { name: `Continue to ${OAUTH.name}` }).click();
  await enter(page, "test", "profile_02");
  await page.getByRole("button", { name: "Allow access" }).click();
  await expect(page).toHaveURL(new RegExp(`^${app}/connect/sessions/`));
  await expect(heading(page), fresh.email).toHaveText(`${OAUTH.name} is connected: two accounts`);
});

test("embedded: without script the page leaves @noscript", async ({ page, fresh }) => {
  await leaveFor(page, PLAIN);
  await agree(page);
  await enter(page, "test", "profile_02");
  await share(page);
  await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} is connected: two accounts`);
});

test("embedded: a narrow screen leaves @script", async ({ page, fresh, sandbox }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await leaveFor(page, PLAIN);
  await expect(page, fresh.email).toHaveURL(new RegExp(`^${sandbox.origin}`));
});

test("embedded: no link, and the page says why @script", async ({ page, fresh, sandbox, guard }) => {
  guard.expect(/Failed to load resource/);
  await sandbox.tell({ do: "faultOperation", operation: "GenerateLiteConnectUrl", status: 500, body: "html" });
  try {
    await page.goto(`/connect/${PLAIN.id}`);
    await button(page).click();
    await expect(page.getByRole("alert"), fresh.email).toContainText("Mastercard does not answer at present", { timeout: 30_000 });
    await expect(page.locator("#connectIframe")).toHaveCount(0);
    await expect(button(page)).toBeVisible();
  } finally {
    await sandbox.tell({ do: "clearOperationFaults" });
  }
});
