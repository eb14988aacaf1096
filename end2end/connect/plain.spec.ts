import { agree, connectPlain, DEMO, enter, expect, heading, leaveFor, PLAIN, share, test } from "../fixtures/test.ts";

test("a newcomer connects FinBank, from the sign-in to kept accounts", async ({ page, app, sandbox }) => {
  await page.goto("/connect");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("E-mail address").fill(DEMO.fresh.email);
  await page.getByLabel("Password").fill(DEMO.fresh.password);
  await page.locator("main").getByRole("button", { name: "Sign in" }).click();

  // The page that was asked for comes after the sign-in.
  await expect(heading(page)).toHaveText("Find your bank");
  await page.getByLabel("Bank, credit union, card or lender").fill(PLAIN.name);
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await page.locator(".hits a", { hasText: PLAIN.name }).first().click();
  await expect(heading(page)).toHaveText(`Connect ${PLAIN.name}`);
  await page.getByRole("button", { name: `Continue to sign in to ${PLAIN.name} with Mastercard` }).click();

  await agree(page);
  await enter(page);
  await share(page);

  await expect(page).toHaveURL(new RegExp(`^${app}/connect/sessions/[0-9a-f-]+$`));
  await expect(heading(page)).toHaveText(`${PLAIN.name} is connected: eight accounts`);
  await expect(page.getByRole("checkbox")).toHaveCount(8);
  await expect(page.getByLabel(/Everyday Checking ··4821/)).toBeChecked();
  // Never the full number.
  await expect(page.locator("body")).not.toContainText("4483019924821");
  await page.locator("main form button[type=submit]").click();

  await expect(page).toHaveURL(`${app}/connections`);
  await expect(page.locator("main")).toContainText("You keep eight accounts.");
  await expect(page.locator(".card")).toHaveCount(1);
  await expect(page.locator(".card .card-line > li")).toHaveText([/··/, /··/, /··/, "and five more"]);
  await expect(page.locator(".card")).toContainText("last data");
  await expect(heading(page)).toHaveText("Your bank is connected");

  const { customers } = await sandbox.state();
  const ours = customers.find(({ logins }) => logins.some(({ accounts }) => accounts.length === 8 && accounts[0]?.code === 0));
  expect(ours, "Mastercard knows them too").toBeDefined();
  expect(ours?.username, "the username is no e-mail").not.toContain("@");
});

test("what was kept stays, what was unticked is deleted at Mastercard", async ({ page, fresh, sandbox }) => {
  await connectPlain(page);
  await page.getByLabel(/Traditional IRA/).uncheck();
  await page.getByLabel(/30-Year Fixed Mortgage/).uncheck();
  await page.locator("main form button[type=submit]").click();
  await expect(page.locator("main")).toContainText("You keep six accounts. The deletion of two accounts at Mastercard follows");

  const names = async () => {
    const link = (await sandbox.state()).links[0];
    const { customers } = await sandbox.state();
    const mine = customers.find(({ id }) => id === link?.customerId);
    return mine?.logins.flatMap(({ accounts }) => accounts.map(({ name }) => name)) ?? [];
  };
  await expect.poll(async () => (await names()).length, { timeout: 30_000, message: `${fresh.email} has six left` }).toBe(6);
  expect(await names()).not.toContain("Traditional IRA");
  await page.goto("/connections");
  await expect(page.locator(".card .card-line > li")).toHaveText([/··/, /··/, /··/, "and three more"]);
});

test("keeping none removes all", async ({ page, fresh, sandbox }) => {
  await connectPlain(page, "test", "profile_02");
  const customer = (await sandbox.state()).links[0]?.customerId;
  for (const box of await page.getByRole("checkbox").all()) await box.uncheck();
  await page.locator("main form button[type=submit]").click();
  await expect(page.locator("main")).toContainText("You keep none. The deletion of two accounts at Mastercard follows");
  await expect
    .poll(async () => (await sandbox.state()).customers.find(({ id }) => id === customer)?.logins.flatMap((l) => l.accounts), {
      timeout: 30_000,
      message: `nothing of ${fresh.email} is left`,
    })
    .toEqual([]);
});

test("one account is removed later, after a question", async ({ page, fresh, sandbox }) => {
  await connectPlain(page, "test", "profile_02");
  const customer = (await sandbox.state()).links[0]?.customerId;
  await page.locator("main form button[type=submit]").click();
  await page.goto("/connections");
  await page.getByRole("link", { name: `More about ${PLAIN.name}` }).click();
  await page.getByRole("link", { name: /^Remove Starter Savings/ }).click();
  await expect(heading(page)).toHaveText("Remove Starter Savings ··6611?");
  await page.getByRole("link", { name: "Keep it" }).click();
  await expect(page.locator(".card .card-line > li")).toHaveCount(2);
  await page.getByRole("link", { name: `More about ${PLAIN.name}` }).click();
  await page.getByRole("link", { name: /^Remove Starter Savings/ }).click();
  await page.getByRole("button", { name: /^Remove Starter Savings/ }).click();
  await expect(page.locator("main")).toContainText("The account is removed.");
  await expect
    .poll(
      async () =>
        (await sandbox.state()).customers
          .find(({ id }) => id === customer)
          ?.logins.flatMap((login) => login.accounts.map(({ name }) => name)),
      { timeout: 30_000, message: `${fresh.email} has one account` },
    )
    .toEqual(["Student Checking"]);
});

test("a choice left open waits, and says so", async ({ page, fresh }) => {
  await connectPlain(page, "test", "profile_02");
  await page.goto("/connections");
  await expect(heading(page), fresh.email).toHaveText("Your connection needs you");
  await page.getByRole("link", { name: "Choose accounts" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(2);
});

test("an institution that is connected says so", async ({ page, fresh }) => {
  await connectPlain(page, "test", "profile_02");
  const visit = page.url();
  await page.locator("main form button[type=submit]").click();
  await expect(page.locator("main"), fresh.email).toContainText("You keep two accounts.");
  await page.goto(visit);
  await expect(heading(page)).toHaveText(`${PLAIN.name} is connected, with two accounts`);
  await page.goto(`/connect/${PLAIN.id}`);
  await expect(page.getByRole("heading", { name: `You are connected to ${PLAIN.name} already` })).toBeVisible();
  await page.getByRole("link", { name: /^Show .*Student Checking/ }).click();
  await expect(page).toHaveURL(/\/connections#c-/);
  await page.goto(`/connect?q=${encodeURIComponent(PLAIN.name)}`);
  await expect(page.locator(".hits a").first()).toContainText("Connected");
});

test("the same sign-in once more brings nothing new, another one does", async ({ page, fresh, sandbox }) => {
  await connectPlain(page, "test", "profile_02");
  await page.locator("main form button[type=submit]").click();
  await expect(heading(page)).toHaveText("Your bank is connected");
  await leaveFor(page, PLAIN);
  await agree(page);
  await enter(page, "test", "profile_02");
  await share(page);
  await expect(heading(page), fresh.email).toHaveText(`Checking ${PLAIN.name}`);
  // Accounts may come late; after two minutes it says what it knows.
  await sandbox.tell({ do: "advanceClock", minutes: 2 });
  await expect(heading(page)).toHaveText(`${PLAIN.name} brought nothing new`, { timeout: 30_000 });
  await expect(page.getByRole("link", { name: "Go to your connections" })).toBeVisible();
  await connectPlain(page, "profile_04");
  await expect(page.getByRole("checkbox")).toHaveCount(4);
});
