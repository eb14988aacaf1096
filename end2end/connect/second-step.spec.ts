import { agree, enter, expect, heading, leaveFor, OAUTH, PLAIN, type Place, share, test } from "../fixtures/test.ts";

const next = (at: Place) => at.getByRole("button", { name: "Continue", exact: true }).click();

/** Each kind of second step: who is asked, and how it is answered. */
const KINDS: { kind: string; user: string; answer: (at: Place) => Promise<void> }[] = [
  {
    kind: "two questions",
    user: "tfa_text",
    answer: async (at) => {
      await at.getByLabel("What was the name of your first school?").fill("mfa");
      await next(at);
      await at.getByLabel("In what city did your parents meet?").fill("Provo");
    },
  },
  {
    kind: "a choice",
    user: "tfa_choice",
    answer: (at) => at.getByLabel("Mill Pond Road").check(),
  },
  {
    kind: "a picture",
    user: "tfa_image",
    answer: (at) => at.getByLabel("Triangle").check(),
  },
  {
    kind: "a code",
    user: "tfa_code",
    answer: (at) => at.getByLabel(/six-digit code/).fill("123456"),
  },
  {
    kind: "several questions at once",
    user: "tfa_multi",
    answer: async (at) => {
      await at.getByLabel("What is your mother's maiden name?").fill("Smith");
      await at.getByLabel("Phone call").check();
      await at.getByLabel("What is the ZIP code of your first home?").fill("84101");
    },
  },
];

for (const { kind, user, answer } of KINDS) {
  test(`a second step: ${kind}`, async ({ page, fresh }) => {
    await leaveFor(page, PLAIN);
    await agree(page);
    await enter(page, user, "go");
    await answer(page);
    await next(page);
    await expect(page.getByRole("heading", { name: "Choose the accounts to connect" })).toBeVisible();
    const found = await page.getByRole("checkbox").count();
    expect(found).toBeGreaterThan(1);
    await share(page);
    await expect(heading(page), fresh.email).toContainText(`${PLAIN.name} is connected`);
    await expect(page.getByRole("checkbox")).toHaveCount(found);
  });
}

test("a wrong answer, then a right one", async ({ page, fresh }) => {
  await leaveFor(page, PLAIN);
  await agree(page);
  await enter(page, "tfa_code", "go");
  await page.getByLabel(/six-digit code/).fill("fail");
  await next(page);
  await expect(page.getByText("That answer is not right.")).toBeVisible();
  await enter(page, "tfa_code", "go");
  await page.getByLabel(/six-digit code/).fill("654321");
  await next(page);
  await share(page);
  await expect(heading(page), fresh.email).toContainText(`${PLAIN.name} is connected`);
});

test("an OAuth institution signs in on its own site", async ({ page, fresh, app }) => {
  await page.goto(`/connect/${OAUTH.id}`);
  await page.getByRole("button", { name: `Continue to sign in at ${OAUTH.name}` }).click();
  await agree(page);
  await page.getByRole("link", { name: `Continue to ${OAUTH.name}` }).click();
  await enter(page);
  await expect(page.getByRole("button", { name: "Allow access" })).toBeVisible();
  const offered = await page.getByRole("checkbox").count();
  await page.getByLabel(/Everyday Checking/).uncheck();
  await page.getByRole("button", { name: "Allow access" }).click();
  await expect(page).toHaveURL(new RegExp(`^${app}/connect/sessions/`));
  await expect(heading(page), fresh.email).toContainText(`${OAUTH.name} is connected`);
  await expect(page.getByRole("checkbox")).toHaveCount(offered - 1);
  await expect(page.locator("main")).not.toContainText("Everyday Checking");
});

test("permission refused at the institution, then left", async ({ page, fresh, sandbox }) => {
  await leaveFor(page, OAUTH);
  await agree(page);
  await page.getByRole("link", { name: `Continue to ${OAUTH.name}` }).click();
  await page.getByRole("button", { name: "Do not share anything" }).click();
  await expect(page.getByText("You did not allow access")).toBeVisible();
  await page.getByRole("button", { name: "Cancel and go back" }).click();
  await expect(heading(page), fresh.email).toHaveText("You left before the end", { timeout: 30_000 });
  await expect(page.getByRole("link", { name: `Connect ${OAUTH.name} again` })).toBeVisible();
  expect((await sandbox.state()).visits.some(({ end }) => end !== null)).toBe(true);
});
