import type { Page } from "@playwright/test";
import { leadsBack } from "../fixtures/address.ts";
import { PLAIN } from "../fixtures/hosted.ts";
import { DEMO, admit } from "../fixtures/people.ts";
import { connectKept } from "../fixtures/repair.ts";
import { expect, heading, test } from "../fixtures/test.ts";

/** Every page of operations and of staff's help, and what it is called. */
const PAGES = [
  ["/admin/events", "Events"],
  ["/admin/gaps", "Gaps"],
  ["/admin/jobs", "Jobs"],
  ["/admin/cases", "Cases"],
  ["/admin/find", "Find a person"],
  ["/admin/people", "People"],
  ["/admin/audit", "Audit"],
] as const;

/** The row of the log with an event of this kind, the latest first. */
function row(page: Page, kind: string) {
  return page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: kind, exact: true }) }).first();
}

for (const [path, title] of PAGES) {
  test(`${title}, in every look`, async ({ page, stand, app }) => {
    await admit(page.request, app, DEMO.admin);
    await page.goto(path);
    await expect(heading(page)).toHaveText(title);
    await stand();
  });
}

test("an event is found by its kind, looked at, and has its effect once more", async ({ page, context, stand, app, fresh }) => {
  await connectKept(page);
  await expect(page.locator(".card"), fresh.email).toHaveCount(1);
  await context.clearCookies();
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/events");
  await page.getByLabel("Kind").selectOption("done");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/kind=done/);
  await expect(row(page, "added")).toHaveCount(0);
  await row(page, "done").getByRole("link", { name: "done" }).click();
  await expect(heading(page)).toContainText("done");
  await expect(page.locator("pre")).toContainText(`"kind": "done"`);
  await stand();
  await page.getByRole("button", { name: "Replay it" }).click();
  await expect(page.getByText("The event has its effect once more.")).toBeVisible();
  // What was learned stays as it is.
  await expect.poll(async () => (await page.reload(), page.locator("dl.facts").innerText())).toMatch(/Done\s+What it changed\s+(The visit is over|Nothing: it was known)/);
  // Its visit has more of them, all of this visit.
  await page.locator("dl.facts a").first().click();
  await expect(row(page, "started")).toBeVisible();
  await expect(row(page, "done")).toBeVisible();
  await stand();
});

test("what comes back says when, and a wrong address leads back", async ({ page, guard, app }) => {
  guard.expect(/400/);
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/jobs");
  const schedules = page.getByRole("group", { name: "What comes back" });
  await expect(schedules.getByRole("rowheader", { name: "recount" })).toBeVisible();
  await leadsBack(page, ["/admin/jobs?state=lost", "/admin/events?from=yesterday", "/admin/gaps?days=0"]);
});

test("a story tells of what was connected", async ({ page, stand, app }) => {
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/find");
  await page.getByLabel("Address, id or reference").fill(DEMO.connected.email);
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("link", { name: DEMO.connected.email }).first().click();
  await expect(page.locator("main")).toContainText(PLAIN.name);
  await stand();
});
