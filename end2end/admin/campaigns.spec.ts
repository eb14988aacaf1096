import type { APIRequestContext, Page } from "@playwright/test";
import { leadsBack } from "../fixtures/address.ts";
import { DEMO, admit, letterTo } from "../fixtures/people.ts";
import { agree, enter, expect, heading, test } from "../fixtures/test.ts";

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

/** One of the four, whose password has changed. */
const REPAIRED = "Golden 1 Credit Union";

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

/** Goes where each count leads: to as many connections, which are said to be these. */
async function counts(page: Page): Promise<Record<string, number>> {
  const rows = page.locator("#fates ~ .scroll tr:has(td a), #results ~ .scroll tr:has(td a)");
  const found = await rows.evaluateAll((all) => all.map((row) => [row.querySelector("th")?.innerText, row.querySelector("a")?.innerText]));
  const all = found.map(([name, number]) => [name ?? "", Number(number)] as const);
  for (const [name, number] of all) {
    await rows.filter({ has: page.getByRole("rowheader", { name, exact: true }) }).getByRole("link").click();
    await expect(page.locator("#targets ~ .scroll tbody tr"), name).toHaveCount(number);
    await expect(page.locator("#targets ~ p").first()).toHaveText(`${name.replace("Written about", "Sent")} · Show all`);
  }
  return Object.fromEntries(all);
}

test("each count of a campaign leads to its rows, and its results to the funnel and back", async ({ page, browser, app, baseURL, javaScriptEnabled, stand }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled, locale: "en-US" });
  const ada = await context.newPage();
  await admit(context.request, app, DEMO.connected);
  await ada.goto("/notices");
  await ada.getByRole("button", { name: "Mark all as read" }).click();
  await ada.goto("/connections");
  await ada.getByRole("button", { name: `Fix connection to ${REPAIRED}` }).click();
  await agree(ada);
  await enter(ada);
  await expect(heading(ada)).toHaveText(`${REPAIRED} works again`);
  await context.close();

  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/campaigns");
  await page.getByRole("row").filter({ hasText: "Done" }).getByRole("link").click();
  await said(page, /Finished it\s*1/);
  const followed = { Came: 4, "Began a repair": 1, "Finished it": 1, Repaired: 1, "Works again without it": 0, Disconnected: 0, "Came back": 0 };
  expect(await counts(page)).toEqual({ Sent: 4, "Written about": 4, ...followed });
  await page.getByRole("row", { name: /^Repaired/ }).getByRole("link").click();
  const row = page.locator("#targets ~ .scroll tbody tr");
  await expect(row).toContainText(REPAIRED);
  await expect(row).toContainText(/Came .+ · Began a repair .+ · Finished it .+ · Repaired /);
  const csv = await page.request.get((await page.getByRole("link", { name: "The same as CSV" }).getAttribute("href")) ?? "");
  expect((await csv.text()).trim().split("\n")).toHaveLength(2);
  await stand();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(row).toHaveCount(4);

  await page.getByRole("link", { name: "How all repairs go" }).click();
  await expect(page.getByText("Each break that Data Connect Fix can help")).toBeVisible();
  await page.getByRole("link", { name: "All campaigns" }).click();
  await expect(heading(page)).toHaveText("Campaigns");
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
  await page.goto("/admin/campaigns");
  const one = await page.locator("tbody a").first().getAttribute("href");
  await leadsBack(page, ["/admin/campaigns?before=x", "/admin/campaigns/new?code=x", `${one}?step=sent`, `${one}?fate=sent&step=came`]);
});
