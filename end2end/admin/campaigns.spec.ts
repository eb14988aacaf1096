import type { APIRequestContext, Page } from "@playwright/test";
import { leadsBack } from "../fixtures/address.ts";
import { DEMO, admit, letterTo } from "../fixtures/people.ts";
import { expect, heading, test } from "../fixtures/test.ts";

// A past with broken connections, nobody who sleeps, and a week with room for more.
test.use({
  settings: {
    RELINK_SANDBOX__SCENARIO: "ninety-days",
    RELINK_NOTICES__QUIET_FROM: "",
    RELINK_NOTICES__QUIET_UNTIL: "",
    RELINK_NOTICES__WEEKLY_CAP: "20",
    RELINK_CAMPAIGNS__LETTERS_PER_MINUTE: "60",
  },
});
// One person has all of these connections.
test.describe.configure({ mode: "serial" });

/** Makes a draft about every code, whenever its people were told. */
async function draft(page: Page): Promise<void> {
  await page.goto("/admin/campaigns");
  await page.getByRole("link", { name: "New campaign" }).click();
  await expect(heading(page)).toHaveText("New campaign");
  await page.getByLabel("Leave out who was told of it").fill("0");
  await page.getByRole("button", { name: "See how many" }).click();
  await expect(page.locator("main")).toContainText("The draft is made. Nothing was sent.");
}

/** Asks for the page until it says so: no script looks by itself. */
async function said(page: Page, words: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(page.locator("main")).toContainText(words, { timeout: 500 });
  }).toPass();
}

/** How many letters the outbox has that ask somebody to act. */
async function asked(request: APIRequestContext, app: string): Promise<number> {
  const list = await (await request.get(`${app}/outbox`)).text();
  return list.split("<li").filter((row) => row.includes(DEMO.connected.email) && row.includes("need you")).length;
}

test("an admin asks all affected people to repair", async ({ page, request, app, stand }) => {
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/campaigns");
  await stand();
  await page.getByRole("link", { name: "New campaign" }).click();
  await stand();
  await page.getByLabel("Broken for at least so many days").fill("9");
  await page.getByLabel("Broken for at most so many days").fill("3");
  await page.getByRole("button", { name: "See how many" }).click();
  await expect(page.locator("main")).toContainText("The days are numbers");

  await draft(page);
  await expect(page.locator("main")).toContainText("4 of 4 connections would be written about.");
  await expect(page.getByRole("heading", { name: "Français" })).toBeVisible();
  await stand();
  const before = await asked(request, app);
  await page.getByLabel("I have looked at the numbers and at the letter").check();
  await page.getByRole("button", { name: "Write about 4 connections" }).click();
  await expect(page.locator("main")).toContainText("It is sent.");
  await said(page, "The last connection ended");
  await stand();
  expect(await asked(request, app), "one letter about all four").toBe(before + 1);
  const letter = await letterTo(request, app, DEMO.connected, "4 of your connections need you");
  expect(letter).not.toContain("signature=");

  await page.getByRole("row", { name: /^Sent/ }).getByRole("link").click();
  await expect(page.locator("#targets ~ .scroll tbody tr")).toHaveCount(4);
  const csv = await page.request.get(`${new URL(page.url()).pathname}/csv`);
  expect((await csv.text()).trim().split("\n")).toHaveLength(5);
  await page.goto("/admin/audit");
  await expect(page.getByRole("row").filter({ hasText: "Sent a campaign" }).first()).toContainText("4 connections");
});

test("a draft is put away, and is sent no more", async ({ page, app }) => {
  await admit(page.request, app, DEMO.admin);
  await draft(page);
  const address = page.url();
  await page.getByRole("button", { name: "Put this draft away" }).click();
  await expect(page.locator("main")).toContainText("It is stopped. Nothing more leaves.");
  await page.goto("/admin/campaigns");
  await expect(page.getByRole("row").filter({ hasText: "Stopped" }).first()).toBeVisible();
  const form = { looked: "on" };
  const answer = await page.request.post(`${address}/send`, { form, headers: { origin: app } });
  expect(await answer.text()).toContain("It is over already.");
});

test("an address with a part that is none of ours", async ({ page, guard, app }) => {
  guard.expect(/400/);
  await admit(page.request, app, DEMO.admin);
  await leadsBack(page, ["/admin/campaigns?before=x", "/admin/campaigns/new?code=x"]);
});
