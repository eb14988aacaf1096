import { type BrowserContext, type Page } from "@playwright/test";
import {
  admit, agree, connectPlain, enter, expect, heading, leaveFor, PLAIN, type Sandbox, share, signedUp, test,
} from "../fixtures/test.ts";

/** The address that Data Connect comes back to, as the newest link has it. */
async function returnAddress(sandbox: Sandbox): Promise<string> {
  const address = (await sandbox.state()).links[0]?.redirectUri;
  if (address == null) throw new Error("the link has no redirectUri");
  return address;
}

/** Goes away as somebody who closes the tab: nothing more is sent from it. */
async function closeTab(page: Page): Promise<Page> {
  const context: BrowserContext = page.context();
  await page.close();
  return context.newPage();
}

async function nothingConnected(page: Page): Promise<void> {
  await page.goto("/connections");
  await expect(heading(page)).toHaveText("Nothing is connected yet");
}

test("left before the end", async ({ page, fresh }) => {
  await leaveFor(page, PLAIN);
  await agree(page);
  await page.getByRole("button", { name: "Cancel and go back" }).click();
  await expect(heading(page), fresh.email).toHaveText("You left before the end", { timeout: 30_000 });
  await expect(page.getByText("Nothing was connected.")).toBeVisible();
  await page.getByRole("link", { name: `Connect ${PLAIN.name} again` }).click();
  await expect(heading(page)).toHaveText(`Connect ${PLAIN.name}`);
  await nothingConnected(page);
});

test("a refused sign-in, then the right one", async ({ page, fresh }) => {
  await leaveFor(page, PLAIN);
  await agree(page);
  await enter(page, "invalid_user", "go");
  await expect(page.getByText("4 tries are left")).toBeVisible();
  await enter(page);
  await share(page);
  await expect(heading(page), fresh.email).toContainText(`${PLAIN.name} is connected`);
});

test("an institution that does not answer", async ({ page, fresh }) => {
  await leaveFor(page, PLAIN);
  await agree(page);
  await enter(page, "demo", "102");
  await page.getByRole("button", { name: "Go back to the app" }).click();
  await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} did not answer`, { timeout: 30_000 });
  await nothingConnected(page);
});

test("quiet for too long", async ({ page, fresh, sandbox, app }) => {
  await leaveFor(page, PLAIN);
  await agree(page);
  await page.getByLabel("User name").fill("half typed");
  await sandbox.tell({ do: "advanceClock", minutes: 8 });
  // With script the page notices; without, the next click tells.
  await page.getByLabel("Password").fill("half typed").catch(() => {});
  await page.getByRole("button", { name: "Sign in", exact: true }).click({ timeout: 5_000 }).catch(() => {});
  await expect(page).toHaveURL(new RegExp(`^${app}/connect/sessions/`), { timeout: 30_000 });
  await expect(heading(page), fresh.email).toHaveText("The time for signing in ran out", { timeout: 30_000 });
  await expect(page.getByRole("link", { name: `Connect ${PLAIN.name} again` })).toBeVisible();
});

test("the tab is closed at the sign-in: expired by the deadline", async ({ page, fresh, sandbox }) => {
  await leaveFor(page, PLAIN);
  await agree(page);
  const back = await returnAddress(sandbox);
  const later = await closeTab(page);
  await sandbox.tell({ do: "advanceClock", hours: 1, minutes: 20 });
  // Nobody came back: the page is found by the connections or the address.
  await later.goto(back);
  await expect(heading(later), fresh.email).toHaveText("The time for signing in ran out", { timeout: 30_000 });
  await nothingConnected(later);
});

test("the tab is closed after the last click: connected all the same", async ({ page, fresh, sandbox, app }) => {
  await leaveFor(page, PLAIN);
  await agree(page);
  await enter(page, "test", "profile_02");
  // The way back is cut: Data Connect ends, the browser never returns.
  await page.context().route(`${app}/connect/return/**`, (route) => route.abort());
  await share(page);
  await expect.poll(async () => (await sandbox.state()).links[0]?.completed).toBeTruthy();
  const later = await closeTab(page);
  await expect
    .poll(
      async () => {
        await later.goto("/connections");
        return heading(later).textContent();
      },
      { timeout: 30_000, message: fresh.email },
    )
    .toBe("Your connection needs you");
});

test("a forged return proves nothing", async ({ page, fresh, sandbox, app }) => {
  await leaveFor(page, PLAIN);
  const back = await returnAddress(sandbox);
  await page.goto(`${back}?reason=complete&code=200&reportData=%5B%5D`);
  await expect(page).toHaveURL(new RegExp(`^${app}/connect/sessions/`));
  await expect(heading(page), fresh.email).toHaveText(`Checking ${PLAIN.name}`);
  await sandbox.tell({ do: "advanceClock", minutes: 2 });
  await expect(heading(page)).not.toHaveText(`Checking ${PLAIN.name}`, { timeout: 30_000 });
  await expect(heading(page)).not.toContainText("is connected");
  await expect(page.locator("main a, main button").first()).toBeVisible();
  await nothingConnected(page);
});

test("a return with nonsense, and one of a visit that never was", async ({ page, fresh, sandbox, app, guard }) => {
  await leaveFor(page, PLAIN);
  const back = await returnAddress(sandbox);
  await page.goto(`${back}?reason=%3Cscript%3Ealert(1)%3C/script%3E&code=9999999999999999999999&code=x`);
  await expect(page).toHaveURL(new RegExp(`^${app}/connect/sessions/`));
  await expect(heading(page), fresh.email).toContainText(PLAIN.name);
  await expect(page.locator("body")).not.toContainText("alert(1)");
  guard.expect(/404/);
  const answer = await page.goto("/connect/return/never-was?reason=complete&code=200");
  expect(answer?.status()).toBe(404);
  await expect(heading(page)).toHaveText("There is no such page");
});

test("a return twice is one return", async ({ page, fresh, sandbox }) => {
  await leaveFor(page, PLAIN);
  const back = await returnAddress(sandbox);
  await agree(page);
  await enter(page, "test", "profile_02");
  await share(page);
  await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} is connected: two accounts`);
  await page.goto(`${back}?reason=complete&code=200`);
  await expect(heading(page)).toHaveText(`${PLAIN.name} is connected: two accounts`);
  await page.goto(`${back}?reason=exit&code=100`);
  await expect(heading(page)).toHaveText(`${PLAIN.name} is connected: two accounts`);
  await page.goto("/connections");
  await expect(page.locator(".card")).toHaveCount(1);
});

test("another person's visit is not there", async ({ page, fresh, request, app, browser, sandbox, guard }) => {
  guard.expect(/404/);
  await connectPlain(page, "test", "profile_02");
  const visit = page.url();
  const back = await returnAddress(sandbox);
  const context = await browser.newContext({ baseURL: app });
  const other = await signedUp(request, app);
  await admit(context.request, app, other);
  const theirs = await context.newPage();
  for (const address of [visit, `${back}?reason=complete&code=200`]) {
    const answer = await theirs.goto(address);
    expect(answer?.status(), `${address} of ${fresh.email}`).toBe(404);
    await expect(theirs.locator("body")).not.toContainText("Student Checking");
  }
  const forged = await context.request.post(`${visit}/keep`, { headers: { origin: app }, form: {} });
  expect(forged.status()).toBe(404);
  await theirs.goto("/connections");
  await expect(heading(theirs)).toHaveText("Nothing is connected yet");
  await context.close();
});

test("signed out at the return: signing in leads to the same visit", async ({ page, fresh, app }) => {
  await leaveFor(page, PLAIN);
  await agree(page);
  await enter(page, "test", "profile_02");
  await page.context().clearCookies({ domain: "localhost" });
  await share(page);
  await expect(page).toHaveURL(new RegExp(`^${app}/sign-in`));
  await page.getByLabel("E-mail address").fill(fresh.email);
  await page.getByLabel("Password").fill(fresh.password);
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await expect(heading(page)).toHaveText(`${PLAIN.name} is connected: two accounts`);
});

test("two visits at once end by themselves", async ({ page, fresh }) => {
  await leaveFor(page, PLAIN);
  const second = await page.context().newPage();
  await leaveFor(second, PLAIN);
  await agree(second);
  await enter(second, "profile_04");
  await share(second);
  await expect(heading(second), fresh.email).toHaveText(`${PLAIN.name} is connected: four accounts`);
  await agree(page);
  await enter(page, "test", "profile_02");
  await share(page);
  await expect(heading(page)).toHaveText(`${PLAIN.name} is connected: two accounts`);
});
