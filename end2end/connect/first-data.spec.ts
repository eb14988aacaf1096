import { connectPlain, expect, heading, test } from "../fixtures/test.ts";

test.afterEach(async ({ sandbox }) => {
  await sandbox.tell({ do: "setFirstAggregation", when: "atOnce" });
});

test("accounts without a first code are being set up, not well", async ({ page, fresh, sandbox }) => {
  await sandbox.tell({ do: "setFirstAggregation", when: "after", minutes: 30 });
  await connectPlain(page, "test", "profile_02");
  await expect(page.getByText("Their first data is on its way."), fresh.email).toBeVisible();
  await page.locator("main form button[type=submit]").click();
  await expect(heading(page)).toHaveText("Your connection is being set up");
  await expect(page.locator(".card")).toContainText("no data yet");
  await sandbox.tell({ do: "advanceClock", minutes: 31 });
  await expect
    .poll(
      async () => {
        await page.reload();
        return heading(page).textContent();
      },
      { timeout: 30_000, message: "the first data is there, and is read" },
    )
    .toBe("Your bank is connected");
});
