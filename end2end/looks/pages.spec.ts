import type { Request } from "@playwright/test";
import { admit, agree, connectPlain, DEMO, enter, expect, heading, leaveFor, OFFLINE, PLAIN, share, signedUp, test } from "../fixtures/test.ts";

test.slow();

test("the pages of nobody", async ({ page, stand }) => {
  for (const path of ["/", "/sign-in", "/sign-up", "/forgot-password", "/confirm-email", "/reset-password?token=x", "/outbox"]) {
    await page.goto(path);
    await stand();
  }
});

test("a sign-in with mistakes", async ({ page, stand }) => {
  await page.goto("/sign-up");
  await page.getByLabel("E-mail address").fill("a@b.example");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page.locator(".problem")).toBeVisible();
  await stand();
});

test("search and confirm", async ({ page, stand, fresh }) => {
  for (const path of [
    "/connect", "/connect?q=first", "/connect?q=qqzzxxyy", "/connect?q=finbank+offline", "/connect/missing?q=x",
    `/connect/${PLAIN.id}`, `/connect/${OFFLINE.id}`, "/connections", "/account",
  ]) {
    await page.goto(path);
    await expect(page.locator("header"), fresh.email).toBeVisible();
    await stand();
  }
});

test("a connected person's pages, and the admin's", async ({ page, stand, app }) => {
  await admit(page.request, app, DEMO.connected);
  await page.goto("/connections");
  await expect(page.locator(".card")).toHaveCount(3);
  await stand();
  await page.getByRole("link", { name: /^More about / }).last().click();
  await expect(page.getByRole("heading", { name: "What happened" })).toBeVisible();
  await stand();
  await page.getByRole("link", { name: /^Remove / }).first().click();
  await stand();
  await page.context().clearCookies();
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin");
  await stand();
});

test("a page that is not there, and one that is not open", async ({ page, stand, fresh, guard }) => {
  guard.expect(/40[34]/);
  for (const path of ["/no-such-page", "/admin", "/connect/999999999"]) {
    await page.goto(path);
    await expect(page.locator("main a").first(), fresh.email).toBeVisible();
    await stand();
  }
});

test("a visit: checking, the choice, the end", async ({ page, stand, fresh, sandbox }) => {
  await connectPlain(page);
  await stand();
  const visit = page.url();
  await page.locator("main form button[type=submit]").click();
  await expect(heading(page), fresh.email).toHaveText("Your bank is connected");
  await page.goto(visit);
  await expect(heading(page)).toContainText("is connected, with");
  await stand();
  await leaveFor(page, PLAIN);
  const back = (await sandbox.state()).links[0]?.redirectUri;
  await page.goto(`${back}?reason=exit&code=100`);
  await expect(heading(page)).toHaveText("You left before the end", { timeout: 30_000 });
  await stand();
});

test("nothing but navigations is asked for on pages that need no script @script", async ({ page }) => {
  const kinds = new Set<string>();
  page.on("request", (request) => kinds.add(request.resourceType()));
  await page.goto("/sign-in", { waitUntil: "networkidle" });
  expect([...kinds].sort()).toEqual(expect.not.arrayContaining(["script", "fetch", "xhr"]));
});

test("the link to Data Connect is in no address and no log of ours", async ({ page, fresh, app, server }) => {
  const ours: Request[] = [];
  let body = "";
  page.on("request", (request) => request.url().startsWith(app) && ours.push(request));
  page.on("response", async (answer) => {
    if (answer.request().method() === "GET" && answer.url().startsWith(app)) body += await answer.text().catch(() => "");
  });
  await leaveFor(page, PLAIN);
  await agree(page);
  await enter(page, "test", "profile_02");
  await share(page);
  await expect(heading(page), fresh.email).toContainText("is connected");
  expect(ours.length).toBeGreaterThan(2);
  const all = [...ours.map((request) => `${request.url()} ${request.headers().referer ?? ""}`), body, server.output()].join("\n");
  expect(all).not.toContain("signature=");
});

test("the answers say what a browser may do", async ({ request, app, fresh }) => {
  const person = await signedUp(request, app);
  await admit(request, app, person);
  for (const path of ["/", "/sign-in", "/connect", `/connect/${PLAIN.id}`, "/connections"]) {
    const headers = (await request.get(app + path)).headers();
    const policy = headers["content-security-policy"] ?? "";
    expect(policy, `${path} ${fresh.email}`).toContain("form-action 'self'");
    expect(policy).not.toContain("unsafe-inline");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
  }
});

test("looking at a page writes nothing", async ({ request, app, fresh }) => {
  const person = await signedUp(request, app);
  await admit(request, app, person);
  // A session is written, and its cookie with it, only when it changed.
  const cookie = async (path: string) => (await request.get(app + path)).headers()["set-cookie"];
  expect(await cookie("/connections"), fresh.email).toBeUndefined();
  const form = { form: { name: "" }, headers: { origin: app }, maxRedirects: 0 };
  const answer = await request.post(`${app}/connect/missing`, form);
  expect(answer.status()).toBe(303);
  expect(await cookie("/connect/missing"), "what the form left behind is taken").toBeDefined();
  expect(await cookie("/connect/missing")).toBeUndefined();
});

test("the whole way by keyboard alone", async ({ page, fresh }) => {
  const to = async (name: string | RegExp) => {
    const target = page.getByRole("button", { name }).first();
    for (let n = 0; n < 60; n += 1) {
      await page.keyboard.press("Tab");
      if (await target.evaluate((button) => button === document.activeElement)) return;
    }
    throw new Error(`the keyboard does not reach ${name}`);
  };
  await page.goto(`/connect/${PLAIN.id}`);
  await to(/^Continue to sign in to/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Agree and continue" }), fresh.email).toBeVisible();
  await to("Agree and continue");
  await page.keyboard.press("Enter");
  await page.getByLabel("User name").focus();
  await page.keyboard.type("test");
  await page.keyboard.press("Tab");
  await page.keyboard.type("profile_02");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Connect these accounts" })).toBeVisible();
  await to("Connect these accounts");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText(`${PLAIN.name} is connected: two accounts`);
  for (let n = 0; n < 40; n += 1) {
    await page.keyboard.press("Tab");
    if (await page.getByLabel(/Starter Savings/).evaluate((box) => box === document.activeElement)) break;
  }
  await page.keyboard.press("Space");
  await expect(page.getByLabel(/Starter Savings/)).not.toBeChecked();
  await to(/^Keep/);
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toContainText("You keep one account.");
});
