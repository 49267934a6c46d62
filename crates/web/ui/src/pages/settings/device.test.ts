import { expect, test } from "vitest";
import { deviceName } from "./device";

test("browsers go by the names that people know", () => {
  const chrome =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36";
  expect(deviceName(chrome)).toBe("Chrome, Linux");
  const edge =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
  expect(deviceName(edge)).toBe("Edge, Windows");
  const phone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1";
  expect(deviceName(phone)).toBe("Safari, iOS");
  expect(deviceName("something else entirely")).toBe("something else entirely");
  expect(deviceName(null)).toBeUndefined();
});
