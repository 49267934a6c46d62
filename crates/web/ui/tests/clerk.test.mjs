// Signing in by Clerk, played by a stand-in of its script and of what is asked of its API.
import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import { after, afterEach, before, test } from "node:test";
import { faults, open, visit } from "./stage.mjs";

const person = {
  id: "user_ada",
  first_name: "Ada",
  last_name: "Lovelace",
  primary_email_address_id: "one",
  email_addresses: [{ id: "one", email_address: "ada@example.com", verification: { status: "verified" } }],
};

let stage;
let server;
let address;
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** A token of Ada's session for the page. */
function token() {
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const said = { iss: address, azp: stage.base, sub: "user_ada", sts: "active", iat: now, nbf: now, exp: now + 60 };
  const message = `${encode({ alg: "RS256", kid: "one" })}.${encode(said)}`;
  return `${message}.${sign("RSA-SHA256", Buffer.from(message), privateKey).toString("base64url")}`;
}

/** What Clerk's script does for a page: a form, and word of whoever signs in by it. */
const script = `
  const key = document.currentScript.dataset.clerkPublishableKey;
  const heard = [];
  window.Clerk = {
    session: null,
    load: async () => { if (!key.startsWith("pk_test_")) throw new Error("no key"); },
    addListener(listener) { heard.push(listener); return () => heard.splice(heard.indexOf(listener), 1); },
    mountSignIn(place) {
      const button = document.createElement("button");
      button.textContent = "Continue as Ada";
      button.style.padding = "4px";
      button.onclick = () => heard.forEach((tell) => tell({ session: { getToken: async () => {
        const answer = await fetch("${"ADDRESS"}/token");
        return answer.text();
      } } }));
      place.append(button);
    },
  };
`;

before(async () => {
  server = createServer((request, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    const json = (value) => response.setHeader("Content-Type", "application/json").end(JSON.stringify(value));
    if (request.url.startsWith("/npm/@clerk/clerk-js")) {
      response.setHeader("Content-Type", "text/javascript").end(script.replace("ADDRESS", address));
    } else if (request.url === "/token") response.end(token());
    else if (request.headers.authorization !== "Bearer sk_test") response.writeHead(401).end();
    else if (request.url === "/v1/jwks") {
      json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" }] });
    } else if (request.url === "/v1/users/user_ada") json(person);
    else response.writeHead(404).end();
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const host = `127.0.0.1:${server.address().port}`;
  address = `http://${host}`;
  const settings = {
    AUTH_MODE: "local,clerk",
    CLERK_SECRET_KEY: "sk_test",
    CLERK_API_URL: address,
    CLERK_PUBLISHABLE_KEY: `pk_test_${Buffer.from(`${host}$`).toString("base64")}`,
  };
  stage = await open({ demo: false, settings });
});
afterEach(() => stage.clear());
after(async () => {
  await stage?.close();
  server?.closeAllConnections();
  server?.close();
});

const policy = async (path) => {
  const response = await fetch(`${stage.base}${path}`, { headers: { Accept: "text/html" } });
  return response.headers.get("content-security-policy");
};

test("somebody signs in on Clerk's page, and sees the page that they wanted", async () => {
  const page = await stage.page({ signedIn: false });
  await visit(page, "/tags", "Sign in to Mission Control");
  assert.deepEqual(await faults(page), []);
  await page.getByRole("link", { name: "Continue with Clerk" }).click();
  await page.getByRole("button", { name: "Continue as Ada" }).click();
  await page.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/tags");
  const me = await (await page.request.get("/api/v1/users/me")).json();
  assert.deepEqual([me.name, me.email, me.clerk_user_id], ["Ada Lovelace", "ada@example.com", "user_ada"]);
  // Who is not signed in yet is told so.
  const problems = page.problems.filter((problem) => !problem.includes("/api/v1/events"));
  assert.deepEqual(problems, []);
});

test("only that page lets Clerk's script run, and it leads nowhere else", async () => {
  assert.ok(!(await policy("/tags")).includes(address));
  assert.ok((await policy("/clerk")).includes(`script-src 'self' ${address} `));
  const page = await stage.page({ signedIn: false });
  await page.goto("/clerk?return_to=//evil.example.com");
  await page.getByRole("button", { name: "Continue as Ada" }).click();
  await page.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();
  assert.equal(new URL(page.url()).origin, stage.base);
});

test("a program shows a token of a session there", async () => {
  const show = (bearer) => fetch(`${stage.base}/api/v1/users/me`, { headers: { Authorization: `Bearer ${bearer}` } });
  assert.equal((await show(token())).status, 200);
  assert.equal((await show(`${token().slice(0, -8)}AAAAAAAA`)).status, 401);
});
