import { breaks, connectAt, expect, heading, newestLogin, OAUTH, PLAIN, signInAt, tells, test, visit } from "../fixtures/test.ts";

// One code of each remedy at both kinds of institution, from the break to the
// notice that it works again.
test.slow();

const PLACES = [PLAIN, OAUTH] as const;

for (const place of PLACES) {
  for (const [code, first] of [
    [103, null],
    [109, `Open ${place.name}`],
  ] as const) {
    test(`${code} at ${place.name}: told, repaired from the notice, told again @script`, async ({ page, fresh, sandbox }) => {
      await connectAt(page, place);
      await breaks(page, sandbox, await newestLogin(sandbox), code);
      await tells(page, `${place.name} asks you to sign in again`);
      await page.locator(".told strong a").first().click();
      if (first) await expect(page.getByRole("link", { name: first }), fresh.email).toBeVisible();
      await page.getByRole("button", { name: `Fix connection to ${place.name}` }).click();
      await signInAt(page, place);
      await expect(heading(page)).toHaveText(`${place.name} works again`);
      await tells(page, `${place.name} works again`);
      await expect(page.locator(".told .badge").last()).toHaveText("Repaired since");
    });
  }

  // Whether a sign-in anew makes another login or mends the old one is nowhere said.
  for (const [way, more] of [
    ["another login", {}],
    ["the same login", { heals: "fix" }],
  ] as const) {
    test(`949 at ${place.name}: told, and connected anew as ${way} @script`, async ({ page, fresh, sandbox, stand }) => {
      await connectAt(page, place);
      await breaks(page, sandbox, await newestLogin(sandbox), 949, "Needs you", more);
      await tells(page, `${place.name} needs you`);
      await page.locator(".told strong a").first().click();
      await expect(page.getByRole("button", { name: /^Fix connection/ }), fresh.email).toHaveCount(0);
      await page.getByRole("link", { name: `Connect ${place.name} again` }).click();
      await visit(page, place);
      if (way === "another login") {
        await page.locator("main form button[type=submit]").click();
        await expect(page.locator(".card")).toHaveCount(2);
        await stand();
        await page.getByRole("link", { name: "Remove the old one" }).click();
        await page.getByRole("button", { name: `Remove ${place.name}` }).click();
      }
      await expect(async () => {
        await page.goto("/connections");
        await expect(page.locator(".card")).toHaveCount(1, { timeout: 1_000 });
      }).toPass({ timeout: 30_000 });
      await expect(page.locator(".card .badge")).toHaveText("Connected");
    });
  }

  // What only the institution, Mastercard or we can mend. The person is told where
  // there is something to do, and sees all the rest on the card.
  for (const [code, badge, notice] of [
    [936, "Needs you", `${place.name} needs you`],
    [914, "Needs you", `${place.name} needs you`],
    [102, "Trouble at the bank", null],
    [920, "Mastercard is on it", null],
    [403, "We are on it", null],
  ] as const) {
    test(`${code} at ${place.name}: no Fix, and the card says when it works again @script`, async ({ page, fresh, sandbox }) => {
      await connectAt(page, place);
      const login = await newestLogin(sandbox);
      await breaks(page, sandbox, login, code, badge);
      await expect(page.getByRole("button", { name: /^Fix connection/ }), fresh.email).toHaveCount(0);
      if (notice) {
        await tells(page, notice);
        await page.locator(".told strong a").first().click();
        await expect(page.getByRole("button", { name: /^Fix connection/ })).toHaveCount(0);
      }
      await breaks(page, sandbox, login, 0, "Connected");
      if (notice) await tells(page, `${place.name} works again`);
    });
  }
}

for (const effect of ["lose", "double", "reorder", "delay"]) {
  test(`webhooks with effect ${effect}: told, repaired from the notice, told again @script`, async ({ page, fresh, sandbox }) => {
    await sandbox.tell({ do: "faultWebhooks", effect, events: 100, delaySeconds: 600 });
    await connectAt(page, PLAIN);
    await breaks(page, sandbox, await newestLogin(sandbox), 185);
    await tells(page, `${PLAIN.name} asks you to sign in again`);
    await page.locator(".told strong a").first().click();
    await page.getByRole("button", { name: `Fix connection to ${PLAIN.name}` }).click();
    await signInAt(page, PLAIN);
    await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} works again`);
    await sandbox.tell({ do: "clearWebhookFaults" });
    await sandbox.tell({ do: "advanceClock", minutes: 11 });
    await tells(page, `${PLAIN.name} works again`);
  });
}
