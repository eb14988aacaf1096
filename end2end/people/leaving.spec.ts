import { admit, connectKept, DEMO, expect, heading, letterTo, signedUp, test } from "../fixtures/test.ts";

test("somebody deletes their account, with all that they connected", async ({ page, fresh, request, app, sandbox, stand }) => {
  await connectKept(page);
  const before = (await sandbox.state()).customers.length;
  await page.goto("/account");
  await page.getByRole("link", { name: "Delete your account" }).click();
  await expect(heading(page)).toHaveText("Delete your account");
  await stand();
  await page.getByLabel("Current password").fill("not this one");
  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(page.locator(".problem")).toBeVisible();
  await stand();
  await page.getByLabel("Current password").fill(fresh.password);
  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(page.locator("main")).toContainText("Your account is deleted, and nothing is read any more.");
  await letterTo(request, app, fresh, "is deleted");
  await page.goto("/connections");
  await expect(page, "nobody is signed in").toHaveURL(/\/sign-in/);
  await expect.poll(async () => (await sandbox.state()).customers.length).toBe(before - 1);
  await page.getByLabel("E-mail address").fill(fresh.email);
  await page.getByLabel("Password").fill(fresh.password);
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.locator("main"), "there is no such user").toContainText("do not fit");
});

test("an admin deletes somebody who asked for it", async ({ page, request, app, stand }) => {
  const person = await signedUp(request, app);
  await admit(page.request, app, DEMO.admin);
  await page.goto(`/admin/people?q=${person.email}`);
  await page.getByRole("link", { name: person.email }).click();
  await page.getByLabel("Type their e-mail address to confirm").fill(DEMO.fresh.email);
  await page.getByRole("button", { name: "Delete this person" }).click();
  await expect(page.locator("main")).toContainText("That is not their address.");
  await stand();
  await page.getByLabel("Type their e-mail address to confirm").fill(person.email);
  await page.getByRole("button", { name: "Delete this person" }).click();
  await expect(page.locator("main")).toContainText("They are deleted.");
  await page.goto(`/admin/people?q=${person.email}`);
  await expect(page.locator("main")).toContainText("Nobody is like that.");
});
