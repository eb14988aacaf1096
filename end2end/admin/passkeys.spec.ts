import type { Page } from "@playwright/test";
import { authenticator } from "../fixtures/authenticator.ts";
import { expect, heading, letterTo, type Person, test } from "../fixtures/test.ts";

const OWN = "/account/second-factor";

/** Adds one; what the browser says to it is the test's matter. */
async function add(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name of the passkey").fill(name);
  await page.getByRole("button", { name: "Add a passkey" }).click();
}

/** The password; a passkey is owed then. */
async function password(page: Page, person: Person): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto("/sign-in?next=%2Faccount%2Fsecond-factor");
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await expect(heading(page)).toHaveText("Your second step");
}

test("a passkey is added, signs in, gets another name and is removed @script", async ({ page, stand, fresh, request, app }) => {
  const device = await authenticator(page);
  await page.goto(OWN);
  await expect(page.getByRole("button", { name: "Add a passkey" })).toBeVisible();
  await stand();

  // The browser asks for a name before it asks the device.
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByLabel("Name of the passkey")).toBeFocused();
  await device.knows(false);
  await add(page, "Laptop");
  await expect(page.getByRole("alert").filter({ hasText: "No passkey was made" })).toBeVisible();
  await stand();
  await device.knows(true);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(heading(page)).toHaveText("Keep your recovery codes");
  await expect(page.locator(".codes code")).toHaveCount(10);
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page.locator("main")).toContainText("Not used yet");
  await stand();
  await letterTo(request, app, fresh, "A passkey was added to your sign-in");

  await add(page, "Laptop again");
  await expect(page.getByRole("alert").filter({ hasText: "a passkey of yours here already" })).toBeVisible();

  await password(page, fresh);
  await stand();
  await device.knows(false);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "No passkey was used" })).toBeVisible();
  await stand();
  await device.knows(true);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(heading(page)).toHaveText("Second step of signing in");
  await expect(page.locator("main")).toContainText("last used");

  await page.getByRole("link", { name: "Change the passkey Laptop" }).click();
  await stand();
  await page.getByLabel("Name of the passkey").fill("Old laptop");
  await page.getByRole("button", { name: "Change the name" }).click();
  await expect(heading(page)).toHaveText("Old laptop");
  await page.getByRole("button", { name: "Use a passkey instead" }).click();
  await expect(page.locator("main")).toContainText("The passkey is removed.");
  await expect(page.locator("main")).toContainText("You have none yet.");
  await letterTo(request, app, fresh, "was removed");
});

test("a device that has lost its passkey leaves a recovery code @script", async ({ page, fresh }) => {
  const device = await authenticator(page);
  await page.goto(OWN);
  await add(page, "Laptop");
  const code = await page.locator(".codes code").first().innerText();
  await page.getByRole("link", { name: "I have kept them" }).click();
  await password(page, fresh);
  await device.clear();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "none of yours is here" })).toBeVisible();
  await page.getByLabel("Recovery code").fill(code);
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.locator("main")).toContainText("You have nine recovery codes left.");
});

test("a browser that knows no passkeys says so @script", async ({ page, stand, fresh }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, "PublicKeyCredential");
  });
  await page.goto(OWN);
  await expect(page.getByText("This browser has no passkeys here."), fresh.email).toBeVisible();
  await expect(page.getByRole("button", { name: "Add a passkey" })).toBeHidden();
  await stand();
});

test("without script a code is the way @noscript", async ({ page, stand, fresh }) => {
  await page.goto(OWN);
  // Playwright looks for no text in what stands there for it.
  await expect(page.locator("noscript p"), fresh.email).toHaveText(/Without it, a code is the way\.$/);
  await stand();
  await expect(page.getByLabel("Name of the passkey")).toBeHidden();
  await expect(page.getByRole("button", { name: "Set it up" })).toBeVisible();
});
