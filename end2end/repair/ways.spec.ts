import { agree, breaks, connectKept, enter, expect, heading, newestLogin, PLAIN, test } from "../fixtures/test.ts";

test("connecting where something can be fixed offers that first", async ({ page, fresh, sandbox, axe }) => {
  await connectKept(page);
  await breaks(page, sandbox, await newestLogin(sandbox), 103);
  await page.goto(`/connect/${PLAIN.id}`);
  const buttons = page.locator("main form button[type=submit]");
  await expect(buttons.first(), fresh.email).toHaveText("Fix the connection you have");
  await expect(buttons.nth(1)).toHaveText(`Connect another sign-in at ${PLAIN.name}`);
  await axe();
  await buttons.first().click();
  await agree(page);
  await enter(page, "test", "profile_02");
  await expect(heading(page)).toHaveText(`${PLAIN.name} works again`, { timeout: 30_000 });
});

test("somebody else's sign-in: nothing is swapped, and two ways on", async ({ page, fresh, sandbox, axe }) => {
  await connectKept(page);
  await breaks(page, sandbox, await newestLogin(sandbox), 103);
  const before = await page.locator(".card-line, .card-accounts").innerText();
  await page.getByRole("button", { name: /^Fix connection/ }).click();
  await agree(page);
  await enter(page);
  await page.getByRole("button", { name: "Go back to the app" }).click();
  await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} showed other accounts`, { timeout: 30_000 });
  await axe();
  await expect(page.getByRole("link", { name: "Connect as new" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Fix it again" })).toBeVisible();
  await page.goto("/connections");
  await expect(page.locator(".card")).toHaveCount(1);
  expect(await page.locator(".card-line, .card-accounts").innerText()).toBe(before);
});

for (const effect of ["double", "reorder", "delay"]) {
  test(`webhooks with effect ${effect}: repaired all the same`, async ({ page, fresh, sandbox }) => {
    await connectKept(page);
    await breaks(page, sandbox, await newestLogin(sandbox), 187);
    await sandbox.tell({ do: "faultWebhooks", effect, events: 50, delaySeconds: 600 });
    await page.getByRole("button", { name: /^Fix connection/ }).click();
    await agree(page);
    await enter(page, "test", "profile_02");
    await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} works again`, { timeout: 30_000 });
    await sandbox.tell({ do: "clearWebhookFaults" });
    await sandbox.tell({ do: "advanceClock", minutes: 11 });
    await page.reload();
    await expect(heading(page)).toHaveText(`${PLAIN.name} works again`);
  });
}

// One code of each remedy that Fix is no part of: the sentence, one way on or
// none, and when it is looked at again.
for (const [code, badge, way] of [
  [949, "Needs you", `Connect ${PLAIN.name} again`],
  [914, "Needs you", null],
  [102, "Trouble at the bank", null],
] as const) {
  test(`code ${code} offers what helps, and no Fix`, async ({ page, fresh, sandbox, axe }) => {
    await connectKept(page);
    await breaks(page, sandbox, await newestLogin(sandbox), code, badge);
    await expect(page.getByRole("button", { name: /^Fix connection/ }), fresh.email).toHaveCount(0);
    await expect(page.locator(".card")).toContainText("Next reading: by");
    if (way) await expect(page.getByRole("link", { name: way })).toBeVisible();
    await axe();
  });
}

test("a permission that ends soon is explained and looks like no break", async ({ page, fresh, sandbox, axe }) => {
  await connectKept(page);
  await sandbox.tell({ do: "expireAuthorization", login: await newestLogin(sandbox), inDays: 10 });
  await sandbox.tell({ do: "advanceClock", days: 1 });
  await page.goto("/connections");
  await expect(async () => {
    await page.reload();
    await expect(page.locator(".card"), fresh.email).toContainText("Your permission to read these accounts ends on", { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.locator(".card .badge")).toHaveText("Connected");
  await axe();
});

test("everything is removed after a question that names the consequence", async ({ page, fresh, sandbox, axe }) => {
  await connectKept(page);
  const login = await newestLogin(sandbox);
  await page.goto("/connections/disconnect");
  await expect(heading(page), fresh.email).toHaveText("Remove all your connections?");
  await axe();
  await page.getByRole("button", { name: "Remove everything" }).click();
  await expect(async () => {
    await page.goto("/connections");
    await expect(heading(page)).toHaveText("Nothing is connected yet", { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  const logins = (await sandbox.state()).customers.flatMap(({ logins }) => logins);
  expect(logins.find(({ id }) => id === login)?.accounts ?? []).toEqual([]);
});
