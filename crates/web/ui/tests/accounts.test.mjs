// Three people, each in a browser of their own: the owner, a member, and somebody from outside.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, afterEach, before, test } from "node:test";
import { faults, open, visit } from "./stage.mjs";

const PASSWORDS = { olga: "anvil-pelican-quartz", bob: "marble-otter-lantern", again: "velvet-harbor-cactus" };

let stage;
before(async () => {
  stage = await open({ settings: { AUTH_MODE: "accounts,local" } });
});
afterEach(() => stage.clear());
after(() => stage?.close());

const button = (page, name) => page.getByRole("button", { name, exact: true });

async function signIn(page, email, password) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await button(page, "Sign in").click();
}

async function signedIn(who, password, path = "/dashboard") {
  const page = await stage.page({ signedIn: false });
  await page.goto(path);
  await signIn(page, `${who}@example.com`, password);
  return page;
}

test("the owner sets the installation up with the code of the terminal, and nobody does without", async () => {
  const outsider = await stage.page({ signedIn: false });
  await visit(outsider, "/", "Set up Mission Control");
  assert.deepEqual(await faults(outsider), []);
  await outsider.getByLabel("Set-up code").fill("guessed");
  await outsider.getByLabel("Name").fill("Eve");
  await outsider.getByLabel("E-mail").fill("eve@example.com");
  await outsider.getByLabel("Password").fill(PASSWORDS.again);
  await button(outsider, "Make the account").click();
  await outsider.getByRole("alert").waitFor();

  const owner = await stage.page({ signedIn: false });
  await owner.goto(`/setup#${await stage.kept("setup-code")}`);
  await owner.getByLabel("Name").fill("Olga Owner");
  assert.ok(!owner.url().includes("#"), "the code does not stay in the history");
  await owner.getByLabel("E-mail").fill("olga@example.com");
  await owner.getByLabel("Password").fill("olga@example.com");
  await button(owner, "Make the account").click();
  await owner.getByText("easily guessed").waitFor();
  await owner.getByLabel("Password").fill(PASSWORDS.olga);
  await button(owner, "Make the account").click();
  await owner.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();

  await outsider.goto("/");
  await outsider.getByRole("heading", { name: "Sign in to Mission Control" }).waitFor();
  await signIn(outsider, "olga@example.com", "not the password");
  await outsider.getByText("The address or the password is wrong.").waitFor();
  assert.deepEqual(await faults(outsider), []);
});

test("somebody who is invited makes an account, sees the board that was opened to them, and no other", async () => {
  const owner = await signedIn("olga", PASSWORDS.olga, "/organization");
  const [board] = (await stage.api("GET", "/boards")).items;
  const closed = { name: "Closed", slug: "closed", description: "For others.", gateway_id: board.gateway_id };
  const { id } = await stage.api("POST", "/boards", closed);
  await button(owner, "Invite").click();
  await owner.getByLabel("E-mail").fill("bob@example.com");
  await owner.getByLabel("Sees every board").uncheck();
  await owner.getByLabel(board.name).selectOption("read");
  await button(owner, "Make the link").click();
  const link = await owner.getByLabel("Invitation link").inputValue();
  assert.match(link, /\/invite#.+/);

  const bob = await stage.page({ signedIn: false });
  await bob.goto(link);
  await bob.getByRole("heading", { name: "Join Personal" }).waitFor();
  assert.equal(await bob.getByLabel("E-mail").inputValue(), "bob@example.com");
  assert.deepEqual(await faults(bob), []);
  await bob.getByLabel("Name").fill("Bob Builder");
  await bob.getByLabel("Password").fill(PASSWORDS.bob);
  await button(bob, "Join").click();
  await bob.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();
  await visit(bob, `/boards/${board.id}`, board.name);
  await bob.goto(`/boards/${id}`);
  await bob.getByText("You have no access").waitFor();
  await visit(bob, "/organization", "Members");
  await bob.getByText("Bob Builder").first().waitFor();
  await bob.getByText("Olga Owner").first().waitFor();

  const outsider = await stage.page({ signedIn: false });
  await outsider.goto(link);
  await outsider.getByRole("heading", { name: "This invitation cannot be used" }).waitFor();
});

test("sessions are listed, and one is signed out from another", async () => {
  const here = await signedIn("bob", PASSWORDS.bob, "/settings");
  const there = await signedIn("bob", PASSWORDS.bob, "/tags");
  await there.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
  await visit(here, "/settings", "Settings");
  assert.deepEqual(await faults(here), []);
  const list = here.getByRole("list", { name: "Sessions" });
  await list.getByText("This browser").waitFor();
  assert.match(await list.textContent(), /Chrome, Linux127\.0\.0\.1/);
  await list
    .getByRole("button", { name: /^Sign out/ })
    .first()
    .click();
  await there.getByText("Your session has ended").waitFor();
});

test("another password signs the other browsers out", async () => {
  const here = await signedIn("bob", PASSWORDS.bob, "/settings");
  const there = await signedIn("bob", PASSWORDS.bob, "/tags");
  await there.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
  await here.getByLabel("Current password").fill("not this one");
  await here.getByLabel("New password").fill(PASSWORDS.again);
  await button(here, "Change password").click();
  await here.getByText("This is not the right password.").waitFor();
  await here.getByLabel("Current password").fill(PASSWORDS.bob);
  await button(here, "Change password").click();
  await here.getByText("Your other browsers have to sign in again").waitFor();
  await there.getByText("Your session has ended").waitFor();
  await visit(here, "/tags", "Tags");
});

test("who has forgotten the password gets a link from an admin", async () => {
  const owner = await signedIn("olga", PASSWORDS.olga, "/organization");
  await owner.getByRole("button", { name: "Actions for Bob Builder" }).click();
  await owner.getByRole("menuitem", { name: "Link for a new password" }).click();
  const link = await owner.getByLabel("Link", { exact: true }).inputValue();
  assert.deepEqual(await faults(owner), []);
  const bob = await stage.page({ signedIn: false });
  await bob.goto(link);
  await bob.getByRole("heading", { name: "Choose a new password" }).waitFor();
  assert.ok(!bob.url().includes("#"));
  await bob.getByLabel("New password").fill("another-lantern-marble");
  await button(bob, "Save").click();
  await bob.getByText("Sign in as bob@example.com").waitFor();
  assert.deepEqual(await faults(bob), []);
  await button(bob, "Sign in").click();
  await signIn(bob, "bob@example.com", "another-lantern-marble");
  await bob.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();

  const late = await stage.page({ signedIn: false });
  await late.goto(link);
  await late.getByLabel("New password").fill(PASSWORDS.again);
  await button(late, "Save").click();
  await late.getByText("This link was used").waitFor();
});

/** What an authenticator app with this secret (base32) shows, `later` steps of thirty seconds from now. */
function shown(secret, later = 0) {
  const bits = [...secret].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const bytes = bits.join("").match(/.{8}/g);
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const mac = createHmac("sha1", key).update(step).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

test("a second factor is turned on, asked for, and replaced by a recovery code", async () => {
  const olga = await signedIn("olga", PASSWORDS.olga, "/settings");
  await button(olga, "Turn the second factor on").click();
  await olga.getByRole("dialog").getByLabel("Current password").fill(PASSWORDS.olga);
  await button(olga, "Next").click();
  await olga.getByRole("img", { name: "QR code for an authenticator app" }).waitFor();
  assert.deepEqual(await faults(olga), []);
  const secret = await olga.getByLabel("Secret").inputValue();
  await olga.getByLabel("Code of your authenticator app").fill("000000");
  await button(olga, "Turn on").click();
  await olga.getByText("This is not the code of now").first().waitFor();
  await olga.getByLabel("Code of your authenticator app").fill(shown(secret));
  await button(olga, "Turn on").click();
  const recovery = olga.getByRole("list", { name: "Recovery codes" });
  await recovery.waitFor();
  const codes = await recovery.getByRole("listitem").allTextContents();
  assert.equal(codes.length, 10);
  await button(olga, "I have kept them").click();
  await olga.getByText("10 recovery codes are left").waitFor();

  for (const code of [shown(secret, 1), codes[0]]) {
    const page = await signedIn("olga", PASSWORDS.olga, "/tags");
    await page.getByLabel("Code of your authenticator app").fill("111111");
    await button(page, "Sign in").click();
    await page.getByText("This is not the code of now").waitFor();
    assert.deepEqual(await faults(page), []);
    await page.getByLabel("Code of your authenticator app").fill(code);
    await button(page, "Sign in").click();
    await page.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
  }
  await button(olga, "Turn the second factor off").click();
  await olga.getByRole("dialog").getByLabel("Current password").fill(PASSWORDS.olga);
  await olga.getByRole("dialog").getByRole("button", { name: "Turn the second factor off" }).click();
  await olga.getByText("Your password is enough to sign in.").waitFor();
});
