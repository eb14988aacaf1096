import type { Page } from "@playwright/test";
import { leadsBack } from "../fixtures/address.ts";
import { admit, breaks, connectKept, DEMO, expect, heading, newestLogin, type Person, PLAIN, type Sandbox, test } from "../fixtures/test.ts";

/** What Mastercard knows of an account. */
interface Read {
  id: string;
  name: string;
  mask: string;
  attempt: string;
  success: string;
}

async function accountsOf(sandbox: Sandbox, login: number): Promise<Read[]> {
  const { customers } = await sandbox.state();
  const found = customers.flatMap(({ logins }) => logins).find(({ id }) => id === login);
  return (found?.accounts ?? []) as unknown as Read[];
}

/** The story of somebody whom an admin looks for. */
async function story(page: Page, app: string, person: Person): Promise<void> {
  await page.context().clearCookies();
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/find");
  await page.getByLabel("Address, id or reference").fill(person.email);
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("link", { name: person.email, exact: true }).click();
  await expect(heading(page)).toHaveText(person.email);
}

/** The one connection of the story. */
function held(page: Page) {
  return page.getByRole("article", { name: PLAIN.name });
}

/** Does one of the acts that are folded away, and is told what came of it. */
async function helps(page: Page, button: string, said: string, fill = async () => {}): Promise<void> {
  await held(page).getByText("Help with this connection").click();
  await fill();
  await held(page).getByRole("button", { name: button, exact: true }).click();
  await expect(page.getByRole("status").or(page.getByRole("alert")).filter({ hasText: said })).toBeVisible();
}

/** In place of the button that would be refused stands why. */
async function noLetter(page: Page, why: string): Promise<void> {
  await held(page).getByText("Help with this connection").click();
  await expect(held(page).getByText(why)).toBeVisible();
  await expect(held(page).getByRole("button", { name: "Send a repair letter" })).toHaveCount(0);
  await page.reload();
}

test("support reads out what was last said of each account, and helps with reasons", async ({ page, sandbox, app, fresh, stand }) => {
  await connectKept(page);
  const login = await newestLogin(sandbox);
  await breaks(page, sandbox, login, 103);
  await story(page, app, fresh);
  await expect(held(page).locator("dl.facts")).toContainText("The sign-in has changed (code 103) · Who acts: The user");
  await expect(held(page).locator("dl.facts")).toContainText(`${login}`);

  const accounts = await accountsOf(sandbox, login);
  expect(accounts.length).toBeGreaterThan(1);
  const readings = held(page).getByRole("group", { name: "Accounts at Mastercard" }).locator("tbody tr");
  await expect(readings).toHaveCount(accounts.length);
  for (const { id, name, mask, attempt, success } of accounts) {
    const row = readings.filter({ hasText: id });
    await expect(row.getByRole("rowheader")).toHaveText(`${id} ${name} ··${mask}`);
    const times = await row.locator("time").evaluateAll((all) => all.map((time) => time.getAttribute("datetime")));
    expect(times).toEqual([attempt, success].map((at) => at.replace(/\.\d+Z$/, "Z")));
    await expect(row.getByRole("cell").last()).toHaveText("The sign-in has changed (code 103) · Who acts: The user");
  }
  const broke = page.getByRole("row").filter({ hasText: "A reading found it broken: code 103." });
  await expect(broke).toContainText("First failed attempt:");
  await held(page).getByText("Help with this connection").click();
  await stand();

  await page.reload();
  await helps(page, "Snooze", "The person is told nothing of it until", async () => {
    await held(page).getByLabel("Snooze").selectOption("For a week");
  });
  await expect(held(page).locator("dl.facts")).toContainText("No notices until");
  await noLetter(page, "No letter: it is snoozed until");
  await helps(page, "Tell me again", "The person is told of it again.");
  await expect(held(page).locator("dl.facts")).not.toContainText("No notices until");

  const reason = `asked on the phone, ${fresh.email}`;
  const mute = (why: string) => async () => {
    await held(page).getByLabel("Take it out of the figures").selectOption("Muted");
    await held(page).getByLabel("Reason").fill(why);
  };
  await helps(page, "Mark it", "Type a reason of at most 200 letters. Nothing was changed.", mute(" "));
  await helps(page, "Mark it", "It is muted. It counts no more, and nothing is told.", mute(reason));
  await expect(held(page).locator("dl.facts")).toContainText(`Muted: ${reason}`);
  await noLetter(page, "No letter: it is muted or gone");
  await helps(page, "Unmute", "It is muted no more.");
  await expect(held(page).locator("dl.facts")).not.toContainText("Muted");

  await page.getByRole("combobox", { name: "Kind" }).selectOption("Staff");
  await page.getByRole("button", { name: "Show these" }).click();
  const told = page.getByRole("group", { name: "What happened" }).locator("tbody tr");
  const acts = ["Let a connection count again", "Took a connection out of the figures", "Ended a snooze", "Snoozed a connection", "Looked at"];
  for (const act of acts) await expect(told.filter({ hasText: `${DEMO.admin.email}: ${act}` }).first()).toBeVisible();
  await expect(told.filter({ hasText: "A reading found" })).toHaveCount(0);
  await page.goto("/admin/audit?what=marked");
  const marked = page.getByRole("row").filter({ hasText: fresh.email });
  await expect(marked).toContainText(`Reason: ${reason}`);
  await marked.getByRole("link", { name: "The connection" }).click();
  await expect(page).toHaveURL(/\/story#held-/);
  await expect(held(page)).toBeVisible();
});

test("a story's address with a part that is none of ours", async ({ page, guard, app, fresh }) => {
  guard.expect(/400/);
  await story(page, app, fresh);
  await expect(page.locator("main")).toContainText("Nothing is connected.");
  const { pathname } = new URL(page.url());
  await leadsBack(page, [`${pathname}?kind=x`, `${pathname}?before=1.visit.x`]);
});
