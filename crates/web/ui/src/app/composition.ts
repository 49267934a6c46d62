/**
 * Keys that belong to an input method, such as the Enter that takes the composed characters and the Escape that drops them:
 * nothing on the page hears of them, so nothing is sent, closed or chosen by them.
 */
function keepFromPage(event: KeyboardEvent) {
  // Safari ends the composition before it sends the key, which then has this code.
  if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
}

// The window hears first, before React and every other listener.
for (const kind of ["keydown", "keyup"] as const) addEventListener(kind, keepFromPage, { capture: true });
