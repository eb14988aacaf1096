import { agree, enter, expect, heading, leaveFor, PLAIN, test } from "../fixtures/test.ts";

test("a refused sign-in, five times", async ({ page, fresh }) => {
  await leaveFor(page, PLAIN);
  await agree(page);
  for (const left of ["4 tries are left", "3 tries are left", "2 tries are left", "One try is left"]) {
    await enter(page, "invalid_user", "go");
    await expect(page.getByText(left)).toBeVisible();
  }
  await enter(page, "invalid_user", "go");
  await expect(page.getByRole("heading", { name: "That was the last try" })).toBeVisible();
  await page.getByRole("button", { name: "Go back to the app" }).click();
  await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} did not accept the sign-in`, { timeout: 30_000 });
  await expect(page.getByRole("link", { name: `Connect ${PLAIN.name} again` })).toBeVisible();
  await page.goto("/connections");
  await expect(heading(page)).toHaveText("Nothing is connected yet");
});
