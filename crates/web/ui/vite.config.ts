import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

// `npm run dev` (and `npx vite preview`) shows the UI of these files with the data of a running server.
const server = process.env.MISSION_CONTROL_URL ?? "http://127.0.0.1:8000";
const token = process.env.MISSION_CONTROL_TOKEN;

const proxy = { "/api": { target: server, headers: token ? { Authorization: `Bearer ${token}` } : undefined } };

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: {
    alias: {
      "@": path("./src"),
      // Radix locks the page's scrolling through a <style> element, which our content security policy forbids. The page
      // itself never scrolls here, so nothing has to be locked.
      "react-remove-scroll": path("./src/ui/remove-scroll.tsx"),
    },
  },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every page needs, in two files that compress well: libraries, which change rarely, and the shell.
        codeSplitting: {
          groups: [
            {
              name: "base",
              test: /node_modules\/(react|react-dom|scheduler|@tanstack\/(react-router|router-core|history|react-store|store|react-query|query-core)|openapi-fetch|eventsource-parser|clsx)\//,
            },
            {
              name: "shell",
              test: /src\/(api\/|i18n\/(index|en)|app\/(?!shell\/(palette|drawer|shortcut-help|user-menu-items|organization-menu))|ui\/(avatar|badge|button|boundary|confirm\.|draft|kbd|lazily|on-demand-menu|page|states|tabs|time|toast|tooltip)|pages\/(inbox\/(items|approval-words)|agents\/(status|profile)|task\/(words|key)|activity\/(told|kinds)))|lucide-react\/dist\/esm\/(?!icons)/,
            },
          ],
        },
      },
    },
  },
  server: { proxy },
  preview: { proxy },
});
