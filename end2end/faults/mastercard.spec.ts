import { agree, connectPlain, enter, expect, heading, leaveFor, PLAIN, share, test, type Wish } from "../fixtures/test.ts";

const GENERATE = "GenerateLiteConnectUrl";
const ACCOUNTS = "GetCustomerAccountsSimple";

test.afterEach(async ({ sandbox }) => {
  await sandbox.tell({ do: "clearOperationFaults" });
  await sandbox.tell({ do: "clearWebhookFaults" });
});

/** How Mastercard may fail. */
const FAILURES: { how: string; fault: Omit<Wish, "do">; said?: string }[] = [
  { how: "HTML", fault: { status: 200, body: "html" } },
  // A good answer without a link is what a ping that failed looks like.
  { how: "nonsense", fault: { status: 200, body: "nonsense" }, said: "made no sign-in page" },
  { how: "half an answer", fault: { status: 200, body: "truncated" } },
  { how: "HTTP 500", fault: { status: 500, body: "error" } },
  { how: "a page of a proxy", fault: { status: 503, body: "html" } },
];

for (const { how, fault, said = "Mastercard does not answer at present" } of FAILURES) {
  test(`no link: ${how}`, async ({ page, fresh, sandbox, app }) => {
    await sandbox.tell({ do: "faultOperation", operation: GENERATE, ...fault });
    await page.goto(`/connect/${PLAIN.id}`);
    await page.locator("form.go button[type=submit]").click();
    await expect(page.getByRole("alert"), fresh.email).toContainText(said, { timeout: 40_000 });
    await expect(page.locator("form.go button[type=submit]"), "it can be tried again").toBeEnabled();
    expect(page.url().startsWith(app)).toBe(true);
    await sandbox.tell({ do: "clearOperationFaults" });
    await page.goto("/connections");
    await expect(heading(page)).toHaveText("Nothing is connected yet");
  });
}

test("no link: too slow", async ({ page, fresh, sandbox }) => {
  await sandbox.tell({ do: "faultOperation", operation: GENERATE, latencyMs: 20_000, times: 3 });
  await page.goto(`/connect/${PLAIN.id}`);
  await page.locator("form.go button[type=submit]").click();
  await expect(page.getByRole("alert"), fresh.email).toContainText("Mastercard does not answer at present", { timeout: 50_000 });
});

for (const { how, fault } of FAILURES) {
  test(`accounts: ${how}, and nothing is shown as connected before it is proven`, async ({ page, fresh, sandbox }) => {
    await leaveFor(page, PLAIN);
    await sandbox.tell({ do: "faultOperation", operation: ACCOUNTS, ...fault });
    await agree(page);
    await enter(page, "test", "profile_02");
    await share(page);
    await expect(heading(page), fresh.email).toHaveText(`Checking ${PLAIN.name}`);
    await expect(page.locator("main").getByRole("link", { name: "Look again" })).toBeVisible();
    await sandbox.tell({ do: "advanceClock", minutes: 2 });
    await expect(heading(page)).toHaveText(`${PLAIN.name} is still setting up`, { timeout: 30_000 });
    await sandbox.tell({ do: "clearOperationFaults" });
    await expect
      .poll(
        async () => {
          const again = page.getByRole("button", { name: "Look again" });
          if (await again.isVisible()) await again.click();
          else await page.reload();
          return heading(page).textContent();
        },
        { timeout: 45_000, intervals: [2_000] },
      )
      .toContain(`${PLAIN.name} is connected`);
  });
}

for (const events of ["added", "done"]) {
  test(`a lost webhook (${events}) still ends right`, async ({ page, fresh, sandbox }) => {
    await sandbox.tell({ do: "faultWebhooks", effect: "lose", events: 5, eventType: events });
    await connectPlain(page, "test", "profile_02");
    await expect(page.getByRole("checkbox"), fresh.email).toHaveCount(2);
  });
}

test("doubled webhooks count once", async ({ page, fresh, sandbox }) => {
  await leaveFor(page, PLAIN);
  await sandbox.tell({ do: "faultWebhooks", effect: "double", events: 50 });
  await agree(page);
  await enter(page, "test", "profile_02");
  await share(page);
  await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} is connected: two accounts`);
  await page.goto("/connections");
  await expect(page.locator(".card")).toHaveCount(1);
  await expect(page.locator(".card .card-line > li")).toHaveCount(2);
});

test("late webhooks change nothing that is right", async ({ page, fresh, sandbox }) => {
  await leaveFor(page, PLAIN);
  await sandbox.tell({ do: "faultWebhooks", effect: "delay", events: 50, delaySeconds: 600 });
  await agree(page);
  await enter(page, "test", "profile_02");
  await share(page);
  await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} is connected: two accounts`);
  await sandbox.tell({ do: "advanceClock", minutes: 11 });
  await expect
    .poll(async () => (await sandbox.state()).deliveries.filter(({ progress }) => progress === "waiting" || progress === "sending").length)
    .toBe(0);
  await page.reload();
  await expect(heading(page)).toHaveText(`${PLAIN.name} is connected: two accounts`);
});

test("webhooks alone end it: no return, all reordered", async ({ page, fresh, sandbox, app }) => {
  await leaveFor(page, PLAIN);
  await sandbox.tell({ do: "faultWebhooks", effect: "reorder", events: 50 });
  await agree(page);
  await enter(page, "test", "profile_02");
  await page.context().route(`${app}/connect/return/**`, (route) => route.abort());
  await share(page);
  await expect.poll(async () => (await sandbox.state()).links[0]?.completed, fresh.email).toBeTruthy();
  const later = await page.context().newPage();
  await expect
    .poll(
      async () => {
        await later.goto("/connections");
        return heading(later).textContent();
      },
      { timeout: 30_000 },
    )
    .toBe("Your connection needs you");
});

test("an institution that is gone between search and click", async ({ page, fresh, sandbox, guard }) => {
  guard.expect(/Failed to load resource/);
  await page.goto(`/connect/${PLAIN.id}`);
  await sandbox.tell({ do: "setInstitution", institution: PLAIN.id, availability: "offline" });
  try {
    await page.goto(`/connect/${PLAIN.id}`);
    await expect(page.locator("main"), fresh.email).toContainText(`${PLAIN.name} does not answer Mastercard at present`);
    await expect(page.locator("form.go")).toHaveCount(0);
  } finally {
    await sandbox.tell({ do: "setInstitution", institution: PLAIN.id });
  }
  const answer = await page.goto("/connect/999999999");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("link", { name: "Choose another bank" })).toBeVisible();
});
