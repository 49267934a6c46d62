// Puts compressed copies beside each built file that gets smaller by it: the server sends those as they are.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);

for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue;
  const path = `${entry.parentPath ?? fileURLToPath(dist)}/${entry.name}`;
  const plain = await readFile(path);
  const copies = { gz: gzipSync(plain, { level: 9 }), br: brotliCompressSync(plain) };
  for (const [suffix, copy] of Object.entries(copies)) {
    if (copy.length < plain.length * 0.9) await writeFile(`${path}.${suffix}`, copy);
  }
}
