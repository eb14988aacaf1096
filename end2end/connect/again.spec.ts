import { agree, connectPlain, expect, heading, leaveFor, PLAIN, test } from "../fixtures/test.ts";

test("left, then once more and to the end", async ({ page, fresh }) => {
  await leaveFor(page, PLAIN);
  await agree(page);
  await page.getByRole("button", { name: "Cancel and go back" }).click();
  await expect(heading(page), fresh.email).toHaveText("You left before the end", { timeout: 30_000 });
  const left = page.url();
  await connectPlain(page, "test", "profile_02");
  await expect(page.getByRole("checkbox")).toHaveCount(2);
  await page.locator("main form button[type=submit]").click();
  await page.goto(left);
  await expect(heading(page), "the first visit brought nothing").toHaveText("You left before the end");
});

test("two visits without an end, then one to the end", async ({ page, fresh, sandbox }) => {
  for (const minutes of [0, 3]) {
    await leaveFor(page, PLAIN);
    const back = (await sandbox.state()).links[0]?.redirectUri;
    await page.goto(`${back}?reason=timeout&code=1440`);
    await sandbox.tell({ do: "advanceClock", minutes });
    await expect(heading(page), fresh.email).toHaveText("The time for signing in ran out", { timeout: 30_000 });
  }
  await connectPlain(page, "test", "profile_02");
  await expect(page.getByRole("checkbox")).toHaveCount(2);
});
