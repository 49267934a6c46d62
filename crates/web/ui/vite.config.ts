import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

// `npm run dev` (and `npx vite preview`) shows the UI of these files with the data of a running server.
const server = process.env.MISSION_CONTROL_URL ?? "http://127.0.0.1:8000";
const token = process.env.MISSION_CONTROL_TOKEN;

const proxy = { "/api": { target: server, headers: token ? { Authorization: `Bearer ${token}` } : undefined } };

/** The pages on which people begin, by their addresses. */
const BEGINNINGS: Record<string, string> = {
  dashboard: "^/(dashboard)?$",
  inbox: "^/inbox$",
  activity: "^/activity$",
  boards: "^/boards$",
  board: "^/boards/(?!new$)[^/]+$",
};

/** Writes into the document of which files these pages are made: public/first.js asks for those of the page that is opened. */
const beginnings: Plugin = {
  name: "beginnings",
  transformIndexHtml: {
    order: "post",
    handler(html, { bundle = {}, chunk: entry }) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      /** The files that are loaded with one, itself included. */
      const gather = (name: string, known = new Set<string>()) => {
        if (known.has(name)) return known;
        known.add(name);
        for (const other of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) gather(other, known);
        return known;
      };
      const always = gather(entry?.fileName ?? "");
      const templates = Object.entries(BEGINNINGS).map(([page, address]) => {
        const own = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/src/pages/${page}/page.tsx`));
        const files = own ? [...gather(own.fileName)].filter((name) => !always.has(name)) : [];
        const links = files.map((name) => `<link rel="modulepreload" crossorigin href="/${name}">`);
        return `<template data-address="${address}">${links.join("")}</template>\n    `;
      });
      return html.replace('<script src="/first.js">', (script) => templates.join("") + script);
    },
  },
};

export default defineConfig({
  plugins: [tailwindcss(), beginnings],
  resolve: {
    alias: {
      "@": path("./src"),
      // Pages and libraries are written for React; Preact draws them, see docs/decisions/preact.md.
      "react/jsx-runtime": "preact/jsx-runtime",
      "react-dom/client": "preact/compat/client",
      "react-dom": "preact/compat",
      react: "preact/compat",
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
      // Libraries say "use client" to frameworks that draw on a server.
      checks: { moduleLevelDirective: false },
      output: {
        // A page's file is named after its folder, so that what each page loads can be told from the built files.
        chunkFileNames: ({ facadeModuleId }) => {
          const page = /src\/pages\/([\w-]+)\/page\.tsx$/.exec(facadeModuleId ?? "")?.[1];
          return `assets/${page ? `page-${page}` : "[name]"}-[hash].js`;
        },
        // What is loaded before any page, in two files that compress well: libraries, which change rarely, and the shell. The
        // bundler knows what that is; what several pages share it puts into files of their own.
        codeSplitting: {
          groups: [
            { name: "base", test: /node_modules[\\/](?!lucide-react)/, tags: ["$initial"] },
            { name: "shell", tags: ["$initial"] },
            // Each icon would be a file of half a KB.
            { name: "icons", test: /lucide-react/, minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: { proxy },
  preview: { proxy },
});
