import { expect, test } from "vitest";
import { beginning, mayBeSeveral } from "./words";

test("a rule for commands like one begins with its program and what that is to do", () => {
  expect(beginning("  cargo test -p core")).toBe("cargo test");
  expect(beginning("make -j4")).toBe("make");
  expect(beginning("./deploy.sh production")).toBe("./deploy.sh production");
  expect(beginning("ls")).toBe("ls");
  expect(beginning("")).toBe("");
});

test("what may be several commands is known by its signs", () => {
  expect(["make; ls", "a && b", "a | b", "echo $(ls)", "a\nb", "cat > x", "echo 'a"].every(mayBeSeveral)).toBe(true);
  expect(["make", "cargo test -p core", "ls /tmp/a.b"].some(mayBeSeveral)).toBe(false);
});
