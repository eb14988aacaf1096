import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { admit, connectPlain, DEMO, expect, heading, letterTo, linkOf, type Person, PLAIN, somebody, test } from "../fixtures/test.ts";

const main = (page: Page) => page.locator("main");

async function type(page: Page, person: Person): Promise<void> {
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await main(page).getByRole("button", { name: "Sign in" }).click();
}

/** Everybody here comes from an address of their own, as in real life. */
test.beforeEach(async ({ page, app }) => {
  const from = `10.9.${Math.floor(Math.random() * 250)}.${1 + Math.floor(Math.random() * 250)}`;
  await page.route(`${app}/**`, (route) => route.continue({ headers: { ...route.request().headers(), "x-forwarded-for": from } }));
});

test("sign up, confirm, sign in, and the first connection", async ({ page, request, app }) => {
  const person = somebody();
  await page.goto("/");
  await page.getByRole("link", { name: "Connect a bank" }).click();
  await expect(heading(page)).toHaveText("Sign up");
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page.getByText("At least 12 characters, please.")).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toHaveValue(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page.getByText("A mail is on its way.")).toBeVisible();

  await letterTo(request, app, person, "Confirm your e-mail address");
  await page.goto("/outbox");
  await page.locator("li", { hasText: person.email }).getByRole("link").click();
  await page.getByRole("link", { name: "Confirm my address" }).click();
  await expect(heading(page)).toHaveText("Confirm your address");
  const link = page.url();
  await page.getByRole("button", { name: "Confirm my address" }).click();
  await expect(page.getByText("Your address is confirmed.")).toBeVisible();

  await page.goto(link);
  await page.getByRole("button", { name: "Confirm my address" }).click();
  await expect(main(page), "a letter's link works once").toContainText("no longer works");

  await page.goto("/sign-in");
  await type(page, person);
  await expect(page).not.toHaveURL(/sign-in/);
  await connectPlain(page, "test", "profile_02");
  await main(page).locator("form button[type=submit]").click();
  await page.goto("/connections");
  await expect(page.locator(".card h2")).toHaveText(PLAIN.name);
});

test("signing up with a known address tells nobody", async ({ page, fresh, request, app }) => {
  await page.context().clearCookies();
  await page.goto("/sign-up");
  await page.getByLabel("E-mail address").fill(fresh.email);
  await page.getByLabel("Password").fill(somebody().password);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page.getByText("A mail is on its way.")).toBeVisible();
  await letterTo(request, app, fresh, "You have an account");
});

test("a forgotten password is set anew, once", async ({ page, fresh, request, app }) => {
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  for (const email of [somebody().email, fresh.email]) {
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Send me the link" }).click();
    await expect(page.getByText("If there is an account for this address, a mail is on its way.")).toBeVisible();
    await page.goto("/forgot-password");
  }
  const link = linkOf(await letterTo(request, app, fresh, "Set a new password"));
  const changed = { ...fresh, password: `another ${randomUUID()}` };
  await page.goto(link);
  await page.getByLabel("New password").fill(changed.password);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(main(page)).toContainText("Your password is changed.");
  await page.goto(link);
  await page.getByLabel("New password").fill(fresh.password);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(main(page)).toContainText("no longer works");
  await page.goto("/sign-in");
  await type(page, fresh);
  await expect(page.getByText("E-mail address and password do not fit together.")).toBeVisible();
  await type(page, changed);
  await expect(page).not.toHaveURL(/sign-in/);
  await letterTo(request, app, fresh, "was changed");
});

test("a wrong sign-in says the same for known and unknown", async ({ page, fresh }) => {
  await page.context().clearCookies();
  const said: string[] = [];
  for (const email of [fresh.email, somebody().email]) {
    await page.goto("/sign-in");
    await type(page, { email, password: "wrong password here" });
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.getByLabel("E-mail address")).toHaveValue(email);
    await expect(page.getByLabel("Password")).toHaveValue("");
    // The text itself: how it is laid out may still change while styles load.
    said.push((await main(page).textContent()) ?? "");
  }
  expect(said[0]).toBe(said[1]);
  expect(said[0]).toContain("E-mail address and password do not fit together.");
});

test("too many tries are held back, the right password too", async ({ page, fresh }) => {
  await page.context().clearCookies();
  await page.goto("/sign-in");
  for (let n = 0; n < 11; n += 1) {
    await type(page, { email: fresh.email, password: `wrong password ${n}` });
    await expect(page.getByRole("alert")).toBeVisible();
  }
  await type(page, fresh);
  await expect(page.getByRole("alert")).toContainText("Too many tries.");
  await expect(page).toHaveURL(/sign-in/);
});

test("the password is changed, and other sign-ins end", async ({ page, fresh, browser, app }) => {
  const other = await browser.newContext({ baseURL: app });
  await admit(other.request, app, fresh);
  const there = await other.newPage();
  await there.goto("/connections");
  await expect(heading(there)).toHaveText("Nothing is connected yet");

  await page.goto("/account");
  await page.getByLabel("Current password").fill("not the current one");
  await page.getByLabel("New password").fill(`another ${randomUUID()}`);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("This is not your current password.")).toBeVisible();
  await page.getByLabel("Current password").fill(fresh.password);
  await page.getByLabel("New password").fill(`another ${randomUUID()}`);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(main(page)).toContainText("Your password is changed. Every other sign-in has ended.");
  await there.goto("/connections");
  await expect(there).toHaveURL(/sign-in/);
  await page.goto("/connections");
  await expect(heading(page)).toHaveText("Nothing is connected yet");
  await other.close();
});

test("one sign-in is ended, then all", async ({ page, fresh, browser, app }) => {
  const other = await browser.newContext({ baseURL: app });
  await admit(other.request, app, fresh);
  const there = await other.newPage();
  await page.goto("/account");
  const ends = page.getByRole("button", { name: /^End the sign-in with/ });
  await expect(ends).toHaveCount(1);
  await ends.click();
  await expect(main(page)).toContainText("That sign-in has ended.");
  await expect(ends).toHaveCount(0);
  await there.goto("/connections");
  await expect(there).toHaveURL(/sign-in/);

  await admit(other.request, app, fresh);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(main(page)).toContainText("Every sign-in has ended, this one too.");
  for (const one of [page, there]) {
    await one.goto("/connections");
    await expect(one).toHaveURL(/sign-in/);
  }
  await other.close();
});

test("signing out ends it, and the way back is closed", async ({ page, fresh }) => {
  await page.goto("/connections");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(main(page), fresh.email).toContainText("You are signed out.");
  await page.goto("/connections");
  await expect(page).toHaveURL(/sign-in/);
});

test("the admin's page is the admin's", async ({ page, fresh, app, guard }) => {
  guard.expect(/40[34]/);
  const refused = await page.goto("/admin");
  expect([403, 404], fresh.email).toContain(refused?.status());
  await expect(main(page).getByRole("link").first()).toBeVisible();
  await expect(page.locator("nav")).not.toContainText("Admin");
  await page.context().clearCookies();
  await admit(page.request, app, DEMO.admin);
  await page.goto("/connections");
  await page.locator("nav").getByRole("link", { name: "Admin" }).click();
  await expect(main(page)).toContainText("Share of connections that are healthy");
  await expect(main(page)).toContainText(/Directory\s*\d{3}, Copied/);
});

test("a form of another site changes nothing", async ({ page, fresh, app, sandbox, guard }) => {
  guard.expect(/403/);
  const form = `<form method="post" action="${app}/account/sign-out-everywhere"><button>Go</button></form>`;
  await page.route(`${sandbox.origin}/elsewhere`, (route) => route.fulfill({ contentType: "text/html", body: form }));
  await page.goto(`${sandbox.origin}/elsewhere`);
  await page.getByRole("button", { name: "Go" }).click();
  await expect(page.locator("body")).toContainText("another site");
  await page.goto("/connections");
  await expect(heading(page), fresh.email).toHaveText("Nothing is connected yet");
});
