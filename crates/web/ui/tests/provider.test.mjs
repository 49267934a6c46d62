// Signing in by an identity provider that is not ours, at another site than the server.
import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import { after, afterEach, before, test } from "node:test";
import Provider from "oidc-provider";
import { faults, open, until, visit } from "./stage.mjs";

const AUDIENCE = "https://mission-control.firm.example.com";

const people = {
  ada: { name: "Ada Lovelace", email: "ada@firm.example.com", email_verified: true, groups: ["operators"] },
  bob: { name: "Bob Builder", email: "bob@firm.example.com", email_verified: true, groups: [] },
  eve: { name: "Eve", email: "eve@elsewhere.example.com", email_verified: true, groups: [] },
  mallory: { name: "Mallory", email: "mallory@firm.example.com", email_verified: false, groups: [] },
};

let stage;
let issuer;
let server;
let key;
let answer;

function newKey(kid) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { kid, privateKey, jwk: { ...privateKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" } };
}

/** The provider with this key: with another one it is as after a rotation. */
function provideWith(next) {
  key = next;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "mission-control",
        client_secret: "a+secret/of the client",
        redirect_uris: [`${stage.base}/api/v1/auth/oidc/callback`],
        post_logout_redirect_uris: [`${stage.base}/`],
      },
    ],
    jwks: { keys: [key.jwk] },
    cookies: { keys: ["of this test"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  });
  answer = provider.callback();
}

before(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  // Another site than that of the server, whose address is a number.
  issuer = `http://localhost:${server.address().port}`;
  const settings = {
    AUTH_MODE: "local,oidc",
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: "mission-control",
    OIDC_CLIENT_SECRET: "a+secret/of the client",
    OIDC_NAME: "Firm ID",
    OIDC_SCOPES: "openid profile email groups",
    OIDC_API_AUDIENCE: AUDIENCE,
    OIDC_ORGANIZATION: "Personal",
    OIDC_ALLOWED_DOMAINS: "firm.example.com",
    OIDC_ADMIN_GROUPS: "operators",
  };
  stage = await open({ demo: false, settings });
  await stage.api("POST", "/auth/bootstrap");
  provideWith(newKey("first"));
});
afterEach(() => stage.clear());
after(async () => {
  await stage?.close();
  server?.closeAllConnections();
  server?.close();
});

/** Goes to a page, and through the provider back to it. */
async function comeAs(who, path = "/tags") {
  const page = await stage.page({ signedIn: false });
  await page.goto(path);
  await goOn(page, who);
  return page;
}

async function goOn(page, who) {
  await page.getByRole("link", { name: "Continue with Firm ID" }).click();
  await page.locator("[name=login]").fill(who);
  await page.locator("[name=password]").fill("of no matter");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

const roleOf = async (page) => (await (await page.request.get("/api/v1/organizations/me/member")).json()).role;

/** An access token of the provider for the API. */
function token(claims = {}, by = key) {
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const said = { iss: issuer, aud: AUDIENCE, sub: "ada", iat: now, exp: now + 300, ...claims };
  const message = `${encode({ alg: "RS256", kid: by.kid })}.${encode(said)}`;
  return `${message}.${sign("RSA-SHA256", Buffer.from(message), by.privateKey).toString("base64url")}`;
}

const show = async (bearer) => {
  const response = await fetch(`${stage.base}/api/v1/users/me`, { headers: { Authorization: `Bearer ${bearer}` } });
  return response.status;
};

test("somebody whom the provider knows comes in and sees the page that they wanted", async () => {
  const page = await stage.page({ signedIn: false });
  await visit(page, "/tags", "Sign in to Mission Control");
  assert.deepEqual(await faults(page), []);
  await goOn(page, "ada");
  await page.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
  assert.equal(await roleOf(page), "admin");
  const me = await (await page.request.get("/api/v1/users/me")).json();
  assert.deepEqual([me.name, me.email], ["Ada Lovelace", "ada@firm.example.com"]);
});

test("who leaves the group is an admin no longer, with the next sign-in", async () => {
  people.ada.groups = [];
  const page = await comeAs("ada");
  await page.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
  assert.equal(await roleOf(page), "member");
});

test("who is a member of nothing, or has no verified address, is told so", async () => {
  const eve = await comeAs("eve");
  await eve.getByText("you are a member of nothing here").waitFor();
  assert.deepEqual(await faults(eve), []);
  const mallory = await comeAs("mallory");
  await mallory.getByText("has not verified your e-mail address").waitFor();
});

test("who comes back in another browser, or comes a second time, is not signed in", async () => {
  const page = await stage.page({ signedIn: false });
  await page.goto("/tags");
  const back = page.waitForRequest((request) => request.url().includes("/auth/oidc/callback"));
  await goOn(page, "bob");
  const address = (await back).url();
  await page.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
  for (const browser of [await stage.page({ signedIn: false }), page]) {
    const again = await browser.request.get(address, { maxRedirects: 0 });
    assert.equal(again.status(), 303);
    assert.equal(again.headers().location, "/?sign_in=expired");
  }
  const other = await stage.page({ signedIn: false });
  await other.goto(address);
  await other.getByText("That took too long, or began in another browser").waitFor();
});

test("who signs out is signed out of the provider as well", async () => {
  const page = await comeAs("bob", "/settings");
  await visit(page, "/settings", "Settings");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await page.getByRole("heading", { name: "Sign in to Mission Control" }).waitFor();
  await page.getByRole("link", { name: "Continue with Firm ID" }).click();
  await page.locator("[name=login]").waitFor();
});

test("a program shows an access token of the provider, if it is for the API and good", async () => {
  const now = Math.floor(Date.now() / 1000);
  assert.equal(await show(token()), 200);
  assert.equal(await show(token({ aud: "mission-control" })), 401, "an ID token is for somebody else");
  assert.equal(await show(token({ exp: now - 120 })), 401);
  assert.equal(await show(token({ nbf: now + 120 })), 401);
  assert.equal(await show(token({ iss: "http://localhost:1" })), 401);
  assert.equal(await show(token({ sub: "eve" })), 401, "nobody has signed in as this one");
  assert.equal(await show(token({}, { ...newKey("first") })), 401, "another key of the same name");
});

test("the provider replaces its keys", async () => {
  const old = key;
  provideWith(newKey("second"));
  // The server asks for strange keys once a minute.
  await until(async () => (await show(token())) === 200, "the new key", 90_000);
  assert.notEqual(await show(token({}, old)), 200, "the old key is gone");
  const page = await comeAs("bob");
  await page.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
});
