import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { leadsBack } from "../fixtures/address.ts";
import { admit, breaks, connectKept, DEMO, expect, heading, newestLogin, PLAIN, type Sandbox, signedUp, test } from "../fixtures/test.ts";
import { numbers } from "./numbers.ts";

// One server, whose institution has one outage.
test.describe.configure({ mode: "default" });
test.use({ settings: { RELINK_OUTAGES__CUSTOMERS: "2", RELINK_OUTAGES__SAMPLE: "3" } });
test.slow();

/** The rows of the table with this name. */
function rows(page: Page, name: string) {
  return page.getByRole("group", { name, exact: true }).locator("tbody tr");
}

/** What stands in the facts below this name. */
function fact(page: Page, name: string) {
  return page.locator("dl.facts div").filter({ has: page.getByText(name, { exact: true }) }).locator("dd");
}

/** At Mastercard, the customers of all who went there and connected. */
async function customers(sandbox: Sandbox): Promise<string[]> {
  const { links } = await sandbox.state();
  const there = links.filter(({ institutionId, completed }) => institutionId === PLAIN.id && completed !== null);
  return [...new Set(there.map(({ customerId }) => customerId))].sort();
}

/** Readings are looked at together, a minute after the first of them. */
async function inAWhile(page: Page, sandbox: Sandbox, address: string, look: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await sandbox.tell({ do: "advanceClock", minutes: 2 });
    await page.goto(address);
    await look();
  }).toPass({ timeout: 30_000 });
}

test("an outage names whom it has cut off, and at its end who is back", async ({ page, sandbox, browser, app, baseURL, javaScriptEnabled, stand, guard }) => {
  guard.expect(/40[04]/);
  await admit(page.request, app, DEMO.admin);
  // The demo's own connection there is one more.
  const context = await browser.newContext({ baseURL, javaScriptEnabled, locale: "en-US" });
  const person = await context.newPage();
  for (let others = 0; others < 2; others++) {
    await context.clearCookies();
    await admit(context.request, app, await signedUp(context.request, app));
    await connectKept(person);
  }
  const cutOff = await customers(sandbox);
  expect(cutOff).toHaveLength(3);

  await sandbox.tell({ do: "breakInstitution", institution: PLAIN.id, code: 102 });
  await breaks(person, sandbox, await newestLogin(sandbox), 102, "Trouble at the bank");
  const number = rows(page, "Open outages").getByRole("link", { name: `${cutOff.length}`, exact: true });
  await inAWhile(page, sandbox, "/admin", async () => {
    await expect(page.locator(".notice").filter({ hasText: `${PLAIN.name} is having trouble.` })).toBeVisible({ timeout: 1_000 });
    await expect(number).toBeVisible({ timeout: 1_000 });
  });
  await stand();
  await number.click();
  await expect(page).toHaveURL(/still=yes/);
  await expect(rows(page, "Cut off")).toHaveCount(cutOff.length);
  await page.goto("/admin");
  await rows(page, "Open outages").getByRole("link", { name: PLAIN.name }).click();

  const address = new URL(page.url()).pathname;
  expect(address).toMatch(/^\/admin\/outages\//);
  await expect(heading(page)).toHaveText(`Outage: ${PLAIN.name}`);
  await expect(fact(page, "Since").locator("time")).toBeVisible();
  await expect(fact(page, "Until")).toHaveText("goes on");
  await expect(fact(page, "How we know")).toHaveText("More broke than chance explains");
  await expect(fact(page, "Users affected")).toHaveText(`${cutOff.length}`);
  const listed = rows(page, "Cut off");
  expect((await listed.locator("td:nth-of-type(1)").allInnerTexts()).sort()).toEqual(cutOff);
  expect(await listed.locator("td:nth-of-type(3)").allInnerTexts(), "nobody is back").toEqual(cutOff.map(() => ""));
  await numbers(page);
  await stand();

  await sandbox.tell({ do: "heal", institution: PLAIN.id });
  await breaks(person, sandbox, await newestLogin(sandbox), 0, "Connected");
  await inAWhile(page, sandbox, address, async () => {
    await expect(fact(page, "Until").locator("time")).toBeVisible({ timeout: 1_000 });
    await expect(listed.locator("td:nth-of-type(3) time")).toHaveCount(cutOff.length, { timeout: 1_000 });
  });
  await expect(fact(page, "Users affected")).toHaveCount(0);
  await expect(listed.filter({ hasText: "Healthy" })).toHaveCount(cutOff.length);
  await page.getByLabel("Only those that are not back yet").check();
  await page.getByRole("button", { name: "Show these" }).click();
  await expect(page.getByText("No connection is like this.")).toBeVisible();
  await page.goto("/admin");
  await expect(page.getByText("No outage is open.")).toBeVisible();
  await expect(page.getByText("is having trouble")).toHaveCount(0);

  await leadsBack(page, [`${address}?still=no`, `${address}?after=9`, `${address}?colour=red`]);
  for (const made of [randomUUID(), "9"]) {
    expect((await page.goto(`/admin/outages/${made}`))?.status(), made).toBe(404);
    await expect(heading(page)).toHaveText("There is no such page");
  }
  await context.close();
});
