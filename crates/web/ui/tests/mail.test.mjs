// Letters: who has forgotten a password asks for a link and gets it, and so does who is invited.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, afterEach, before, test } from "node:test";
import { faults, open } from "./stage.mjs";

const OWNER = { email: "olga@example.com", password: "anvil-pelican-quartz" };

/** A mail server that keeps the text of every letter. */
function mailServer() {
  const letters = [];
  let told = () => {};
  const server = createServer((socket) => {
    let rest = "";
    let letter;
    socket.write("220 here\r\n");
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      const lines = (rest + bytes).split("\r\n");
      rest = lines.pop();
      for (const line of lines) {
        if (letter && line === ".") {
          letters.push(letter.join("\n").replaceAll("=\n", "").replaceAll("=3D", "="));
          letter = undefined;
          told();
          socket.write("250 taken\r\n");
        } else if (letter) letter.push(line);
        else if (line === "DATA") {
          letter = [];
          socket.write("354 go on\r\n");
        } else if (line === "QUIT") socket.end("221 bye\r\n");
        else socket.write("250 yes\r\n");
      }
    });
  });
  /** The letter of this number, once it is there. */
  const arrived = async (number) => {
    while (letters.length < number) {
      await new Promise((resolve) => {
        told = resolve;
      });
    }
    return letters[number - 1];
  };
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve({ server, arrived })));
}

let mail;
let stage;
before(async () => {
  mail = await mailServer();
  const { port } = mail.server.address();
  const settings = { AUTH_MODE: "accounts,local", SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "mc@example.com" };
  stage = await open({ settings });
});
afterEach(() => stage.clear());
after(async () => {
  await stage?.close();
  mail?.server.close();
});

const button = (page, name) => page.getByRole("button", { name, exact: true });

test("who has forgotten the password asks for a letter, and signs in with another one", async () => {
  const olga = await stage.page({ signedIn: false });
  await olga.goto(`/setup#${await stage.kept("setup-code")}`);
  await olga.getByLabel("Name").fill("Olga Owner");
  await olga.getByLabel("E-mail").fill(OWNER.email);
  await olga.getByLabel("Password").fill(OWNER.password);
  await button(olga, "Make the account").click();
  await olga.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();

  const page = await stage.page({ signedIn: false });
  await page.goto("/");
  await button(page, "Forgotten your password?").click();
  await page.getByRole("heading", { name: "Forgotten your password?" }).waitFor();
  assert.deepEqual(await faults(page), []);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("a letter with a link is on its way").waitFor();
  assert.deepEqual(await faults(page), []);
  const [, path] = (await mail.arrived(1)).match(/^http.*?(\/reset#\S+)$/m);
  await page.goto(path);
  await page.getByLabel("New password").fill("velvet-harbor-cactus");
  await button(page, "Save").click();
  await page.getByText(`Sign in as ${OWNER.email}`).waitFor();
  await button(page, "Sign in").click();
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password").fill("velvet-harbor-cactus");
  await button(page, "Sign in").click();
  await page.getByRole("heading", { name: "Dashboard", level: 1 }).waitFor();
});

test("an invitation is mailed, and whoever made it is told so", async () => {
  const page = await stage.page();
  await page.goto("/organization");
  await button(page, "Invite").click();
  await page.getByLabel("E-mail").fill("bob@example.com");
  await button(page, "Make the link").click();
  await page.getByText("The link was mailed to this address.").waitFor();
  assert.deepEqual(await faults(page), []);
  const link = await page.getByLabel("Invitation link").inputValue();
  const letter = await mail.arrived(2);
  assert.ok(letter.includes(link.slice(link.indexOf("/invite#"))), letter);
});
