// Passkeys on a device that Chromium plays: added, shown alone and beside the password, removed.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { faults, open, visit } from "./stage.mjs";

const PASSWORD = "anvil-pelican-quartz";
const ADDRESS = "olga@example.com";

let stage;
before(async () => {
  // Browsers keep passkeys for names, and for no number.
  stage = await open({ demo: false, host: "localhost", settings: { AUTH_MODE: "accounts,local" } });
});
afterEach(() => stage.clear());
after(() => stage?.close());

const button = (page, name) => page.getByRole("button", { name, exact: true });
const dashboard = (page) => page.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();

/** A page in a browser of its own with a device, which has these passkeys. */
async function pageWithDevice(credentials = []) {
  const page = await stage.page({ signedIn: false });
  // The simulated device answers at once what the browser only suggests to a person.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options });
  for (const credential of credentials) await cdp.send("WebAuthn.addCredential", { authenticatorId, credential });
  const kept = async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  return { page, kept };
}

async function signIn(page) {
  await page.getByLabel("E-mail").fill(ADDRESS);
  await page.getByLabel("Password").fill(PASSWORD);
  await button(page, "Sign in").click();
}

let keys;

test("a passkey is added by who signed in just now, and signs in alone", async () => {
  const { page, kept } = await pageWithDevice();
  await page.goto(`/setup#${await stage.kept("setup-code")}`);
  await page.getByLabel("Name").fill("Olga Owner");
  await page.getByLabel("E-mail").fill(ADDRESS);
  await page.getByLabel("Password").fill(PASSWORD);
  await button(page, "Make the account").click();
  await dashboard(page);
  await visit(page, "/settings", "Settings");
  await button(page, "Add a passkey").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Laptop");
  assert.deepEqual(await faults(page), []);
  await button(dialog, "Next").click();
  await page.getByRole("list", { name: "Passkeys" }).getByText("Laptop").waitFor();
  assert.deepEqual(await faults(page), []);
  keys = await kept();
  assert.deepEqual(
    keys.map(({ isResidentCredential, rpId }) => [isResidentCredential, rpId]),
    [[true, "localhost"]],
  );
  await button(page, "Sign out").click();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  keys = await kept();
});

test("a device without the passkey does not sign in, and an answer is taken once", async () => {
  const { page } = await pageWithDevice();
  await visit(page, "/", "Sign in to Mission Control");
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("alert").waitFor();

  const other = await pageWithDevice(keys);
  await other.page.goto("/");
  const answered = other.page.waitForRequest((request) => request.url().endsWith("/auth/passkey-sign-in"));
  await other.page.getByRole("button", { name: "Sign in with a passkey" }).click();
  const body = (await answered).postDataJSON();
  await dashboard(other.page);
  const again = await page.request.post("/api/v1/auth/passkey-sign-in", {
    data: body,
    headers: { Origin: stage.base },
  });
  assert.deepEqual([again.status(), (await again.json()).code], [401, "passkey_refused"]);
  keys = await other.kept();
});

test("a passkey is asked for beside the password, or a recovery code", async () => {
  const { page, kept } = await pageWithDevice(keys);
  await page.goto("/settings");
  await signIn(page);
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  await button(page, "Ask for a passkey beside the password").click();
  await page.getByRole("dialog").getByLabel("Current password").fill(PASSWORD);
  await button(page.getByRole("dialog"), "Turn on").click();
  const recovery = page.getByRole("list", { name: "Recovery codes" });
  await recovery.getByRole("listitem").nth(9).waitFor();
  const codes = await recovery.getByRole("listitem").allTextContents();
  assert.equal(codes.length, 10);
  await button(page, "I have kept them").click();
  await page.getByText("Your password alone does not sign you in").waitFor();
  await button(page, "Sign out").click();
  await signIn(page);
  await page.getByRole("button", { name: "Use a passkey" }).waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  keys = await kept();

  const without = await stage.page({ signedIn: false });
  await without.goto("/tags");
  await signIn(without);
  await without.getByLabel("Code of your authenticator app").fill(codes[0]);
  await button(without, "Sign in").click();
  await without.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
});

test("the last passkey stays while it is asked for; one that is removed opens nothing", async () => {
  const { page } = await pageWithDevice(keys);
  await page.goto("/settings");
  await signIn(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  const remove = async () => {
    await button(page, "Remove Laptop").click();
    await button(page.getByRole("dialog"), "Remove").click();
  };
  await remove();
  await page.getByText("It is the last passkey").waitFor();
  await button(page, "Ask for no passkey beside the password").click();
  await button(page.getByRole("dialog"), "Ask for no passkey beside the password").click();
  await page.getByText("Your password alone signs you in as well.").waitFor();
  await remove();
  await page.getByText("Passkey removed").waitFor();
  await button(page, "Sign out").click();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("This passkey is not known here").waitFor();
  await signIn(page);
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
});
