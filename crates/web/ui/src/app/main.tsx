import "./preact";
import "./composition";
import "./preferences";
import "@/styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { preferredLocale, setLocale } from "@/i18n";
import { App } from "./app";
import { preloadPage } from "./router";
import { begin } from "./session";

begin();
preloadPage();
await setLocale(preferredLocale(), false);

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
