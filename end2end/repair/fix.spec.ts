import { agree, breaks, connectAt, connectKept, enter, expect, heading, newestLogin, OAUTH, PLAIN, signInAt, test } from "../fixtures/test.ts";

test("a changed sign-in: one button, the sign-in, the proof", async ({ page, fresh, sandbox, axe }) => {
  await connectKept(page);
  await breaks(page, sandbox, await newestLogin(sandbox), 103);
  await expect(heading(page), fresh.email).toHaveText("Your connection needs you");
  await expect(page.locator(".card")).toContainText(`Your sign-in at ${PLAIN.name} has changed`);
  await expect(page.locator(".card")).toContainText("Broke between");
  await axe();
  await page.getByRole("button", { name: `Fix connection to ${PLAIN.name}` }).click();
  await agree(page);
  await enter(page, "test", "profile_02");
  await expect(heading(page)).toHaveText(`${PLAIN.name} works again`, { timeout: 30_000 });
  await axe();
  await page.getByRole("link", { name: "Go to your connections" }).click();
  await expect(heading(page)).toHaveText("Your bank is connected");
  await expect(page.locator(".card")).toHaveCount(1);
  await page.getByRole("link", { name: `More about ${PLAIN.name}` }).click();
  await expect(page.locator(".history")).toContainText("Working again: new data came.");
});

test("all webhooks lost: the reading proves it all the same", async ({ page, fresh, sandbox }) => {
  await connectKept(page);
  await breaks(page, sandbox, await newestLogin(sandbox), 185);
  await sandbox.tell({ do: "faultWebhooks", effect: "lose", events: 50 });
  await page.getByRole("button", { name: /^Fix connection/ }).click();
  await agree(page);
  await enter(page, "test", "profile_02");
  await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} works again`, { timeout: 30_000 });
  await sandbox.tell({ do: "clearWebhookFaults" });
});

test("an OAuth institution is repaired on its own site", async ({ page, fresh, sandbox }) => {
  await connectAt(page, OAUTH);
  await breaks(page, sandbox, await newestLogin(sandbox), 947);
  await expect(page.locator(".card"), fresh.email).toContainText("We may no longer read your accounts");
  await page.getByRole("button", { name: /^Fix connection/ }).click();
  await signInAt(page, OAUTH);
  await expect(heading(page)).toContainText("works again", { timeout: 30_000 });
});

test("leaving early is no repair, and leads back", async ({ page, fresh, sandbox }) => {
  await connectKept(page);
  await breaks(page, sandbox, await newestLogin(sandbox), 187);
  await page.getByRole("button", { name: /^Fix connection/ }).click();
  await page.getByRole("button", { name: "Cancel and go back" }).click();
  await expect(heading(page), fresh.email).toHaveText("You left before the end", { timeout: 30_000 });
  await page.getByRole("link", { name: "Fix it again" }).click();
  await expect(page.getByRole("button", { name: /^Fix connection/ })).toBeVisible();
});

test("an outage has no button, a closed account has none either", async ({ page, fresh, sandbox }) => {
  await connectKept(page);
  const login = await newestLogin(sandbox);
  await breaks(page, sandbox, login, 102, "Trouble at the bank");
  await expect(heading(page), fresh.email).toHaveText("Your connection is being handled");
  await expect(page.getByRole("button", { name: /^Fix connection/ })).toHaveCount(0);
  await breaks(page, sandbox, login, 914);
  await expect(page.getByRole("button", { name: /^Fix connection/ })).toHaveCount(0);
});

test("two numbered steps where the institution comes first", async ({ page, fresh, sandbox }) => {
  await connectKept(page);
  await breaks(page, sandbox, await newestLogin(sandbox), 108);
  await expect(page.locator(".card .steps-two > li"), fresh.email).toHaveCount(2);
  await expect(page.getByRole("link", { name: `Open ${PLAIN.name}` })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Fix connection/ })).toBeVisible();
});

test("a whole connection is removed after a question", async ({ page, fresh, sandbox }) => {
  await connectKept(page);
  const login = await newestLogin(sandbox);
  await page.getByRole("link", { name: `More about ${PLAIN.name}` }).click();
  await page.getByRole("link", { name: `Remove ${PLAIN.name}` }).click();
  await expect(heading(page), fresh.email).toHaveText(`Remove ${PLAIN.name} with all its accounts?`);
  await page.getByRole("button", { name: `Remove ${PLAIN.name}` }).click();
  await expect
    .poll(
      async () => (await sandbox.state()).customers.flatMap(({ logins }) => logins).find(({ id }) => id === login)?.accounts ?? [],
      { timeout: 30_000 },
    )
    .toEqual([]);
});
