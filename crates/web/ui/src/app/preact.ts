// The pages are written for React and drawn by Preact, an eighth of its size. Where people notice that the two differ, it is made
// to do as React does.
import { isValidElement, options, type RefCallback, type RefObject } from "preact";

type Ref = RefCallback<unknown> | RefObject<unknown> | null | undefined;

// Effects follow at once, not after the next picture: the next key already finds who listens to it.
options.requestAnimationFrame = queueMicrotask;

// Browsers differ in whether something that goes says that it lost the focus. Nobody has left it: a field that Escape takes away
// must not be kept as one that was left. React hears nothing while it changes the page either.
let drawing = false;
options.debounceRendering = (draw) =>
  queueMicrotask(() => {
    drawing = true;
    try {
      draw();
    } finally {
      drawing = false;
    }
  });

function keepFromPage(event: FocusEvent) {
  if (drawing && !event.relatedTarget) event.stopImmediatePropagation();
}

for (const kind of ["blur", "focusout"] as const) addEventListener(kind, keepFromPage, { capture: true });

/** Elements that were given the focus because they appeared. */
const met = new WeakSet<HTMLElement>();

function meet(element: unknown) {
  if (!(element instanceof HTMLElement) || met.has(element)) return;
  met.add(element);
  element.focus();
}

/** What stands for a reference, so that it stays the same for as long as the reference does. */
const meeting = new WeakMap<object, RefCallback<unknown>>();

function also(ref: Ref): RefCallback<unknown> {
  if (!ref) return meet;
  const known = meeting.get(ref);
  if (known) return known;
  const both: RefCallback<unknown> = (element) => {
    const after = typeof ref === "function" ? ref(element) : undefined;
    if (typeof ref === "object") ref.current = element;
    meet(element);
    return after;
  };
  meeting.set(ref, both);
  return both;
}

const made = options.vnode;
options.vnode = (vnode) => {
  made?.(vnode);
  const { children, autoFocus } = vnode.props as { children: unknown; autoFocus?: boolean };
  // What has no key is known by its place. Preact also takes a neighbour of its kind for it: a field that takes the place of its
  // shape would get the letters, and the focus, of the field below.
  if (Array.isArray(children)) {
    children.forEach((child: unknown, place) => {
      if (isValidElement(child)) child.key ??= `.${place}`;
    });
  }
  // `autoFocus` means whenever the element appears. The attribute of that name counts once in the life of a page.
  if (typeof vnode.type === "string" && autoFocus) vnode.ref = also(vnode.ref);
};
