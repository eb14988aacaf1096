import type { Page } from "@playwright/test";
import { admit, connectPlain, DEMO, expect, heading, OFFLINE, PLAIN, test } from "../fixtures/test.ts";

// A server of this file's own: it changes what the demo people read.
test.use({ settings: { RELINK_OPERATOR__ZONE: "America/Chicago" } });
test.describe.configure({ mode: "default" });

/** Chooses on the account page, by what the fields post, in whatever language it is. */
async function choose(page: Page, language: string, zone: string): Promise<void> {
  await page.goto("/account");
  await page.locator("select[name=language]").selectOption(language);
  await page.locator("select[name=zone]").selectOption(zone);
  await page.locator("form:has(select[name=zone]) button[type=submit]").click();
  await expect(page.locator(`html[lang=${language}]`)).toBeAttached();
}

test("a person chooses Spanish and a time zone, and sees the overview in both", async ({ page, app }) => {
  await admit(page.request, app, DEMO.connected);
  await page.goto("/connections");
  await expect(page.locator("main time").first()).toContainText(/\bC[SD]T$/);
  await page.goto("/account");
  await page.getByLabel("Language", { exact: true }).selectOption("Español");
  await page.getByLabel("Time zone", { exact: true }).selectOption("Hawaii (Honolulu)");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Guardado.")).toBeVisible();
  await expect(page.getByLabel("Zona horaria", { exact: true })).toHaveValue("Pacific/Honolulu");
  await page.getByRole("link", { name: "Conexiones" }).first().click();
  await expect(heading(page)).toContainText("conexiones");
  await expect(page.locator("main time").first()).toContainText(/[ap]\. m\. HST$/);
  await choose(page, "en", "");
});

test.describe("the longest language fits", () => {
  test.slow();
  // What the browser wishes for, until the person says otherwise.
  test.use({ locale: "fr-CA" });

  test("the pages of nobody", async ({ page, stand }) => {
    for (const path of ["/", "/sign-in", "/sign-up", "/forgot-password", "/confirm-email", "/reset-password?token=x", "/outbox"]) {
      await page.goto(path);
      await expect(page.locator("html[lang=fr]")).toBeAttached();
      await stand();
    }
  });

  test("the connections, and one of them", async ({ page, stand, app }) => {
    await admit(page.request, app, DEMO.connected);
    await choose(page, "fr", "America/Chicago");
    await page.goto("/connections");
    await expect(page.locator(".card").first()).toBeVisible();
    await stand();
    await page.getByRole("link", { name: /^Plus sur / }).first().click();
    await stand();
    await page.getByRole("link", { name: /^Retirer / }).first().click();
    await stand();
    await choose(page, "en", "");
  });

  test("search, confirm, a visit and the account", async ({ page, stand, fresh }) => {
    await connectPlain(page);
    const visit = page.url();
    await choose(page, "fr", "");
    for (const path of [
      visit, "/connect", "/connect?q=first", "/connect?q=qqzzxxyy", "/connect/missing?q=x",
      `/connect/${PLAIN.id}`, `/connect/${OFFLINE.id}`, "/connections", "/account",
    ]) {
      await page.goto(path);
      await expect(page.locator("header"), fresh.email).toBeVisible();
      await stand();
    }
  });

  test("the admin's page", async ({ page, stand, app }) => {
    await admit(page.request, app, DEMO.admin);
    await choose(page, "fr", "");
    await page.goto("/admin");
    await stand();
  });
});
