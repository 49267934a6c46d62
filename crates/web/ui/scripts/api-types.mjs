// Writes src/api/schema.ts from the OpenAPI document of the Rust API; with --check it fails when the file is out of date.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const snapshot = new URL(
  "../../../api/tests/it/snapshots/it__document__the_document_changes_only_on_purpose.snap",
  import.meta.url,
);
const target = new URL("../src/api/schema.ts", import.meta.url);

// An insta snapshot: a YAML head between two lines of dashes, then the document.
const text = await readFile(snapshot, "utf8");
const document = JSON.parse(text.slice(text.indexOf("\n---\n", 3) + 5));
const types = `// Written by \`npm run api\`; do not edit.\n\n${astToString(await openapiTS(document, { emptyObjectsUnknown: true }))}`;

if (process.argv.includes("--check")) {
  const kept = await readFile(target, "utf8").catch(() => "");
  if (kept !== types) {
    console.error("src/api/schema.ts does not fit the API document: run `npm run api` and commit the result.");
    process.exit(1);
  }
} else {
  await writeFile(target, types);
}
