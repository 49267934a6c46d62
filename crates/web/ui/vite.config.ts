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
          ],
        },
      },
    },
  },
  server: { proxy },
  preview: { proxy },
});
