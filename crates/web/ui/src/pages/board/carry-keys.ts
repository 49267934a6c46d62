import type { Activator, SensorContext, SensorInstance, SensorProps } from "@dnd-kit/core";
import type { KeyboardEvent as PressedKey } from "react";

/** Which place a key leads to from the one below the card; nothing where it leads nowhere. */
export type NextPlace = (code: string, at: unknown, context: SensorContext) => string | undefined;

interface Options {
  next: NextPlace;
}

/** The place below the card. `over` is told in an effect, which may come later than the next key. */
const below = ({ collisions }: SensorContext) => collisions?.[0]?.id;

/** How many frames that effect has at most. */
const FRAMES = 30;

/** M on a card itself, and not on what is inside it, picks it up. */
const picksUp: Activator<Options>["handler"] = (event: PressedKey, _options, { active }) => {
  const alone = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.nativeEvent.code !== "KeyM" || !alone || event.target !== active.node.current) return false;
  event.preventDefault();
  return true;
};

/**
 * Carries a card by keys: M picks it up, arrows say where, Enter or Space puts it down, and Escape back.
 *
 * The library's own sensor hears the first key after the one that starts it only in a later task, and reads where the card is from
 * what an effect has set: who knows the keys and does not wait loses some of them (@dnd-kit/core 6.3.1, `KeyboardSensor.attach`).
 */
export class CarryKeys implements SensorInstance {
  static activators = [{ eventName: "onKeyDown" as const, handler: picksUp }];
  autoScrollEnabled = false;
  /** Where the card was picked up. */
  private origin: { left: number; top: number } | undefined;
  private readonly listening = new AbortController();

  constructor(private readonly props: SensorProps<Options>) {
    const { signal } = this.listening;
    document.addEventListener("keydown", (event) => this.press(event), { signal });
    for (const name of ["resize", "visibilitychange"]) window.addEventListener(name, () => this.cancel(), { signal });
    props.activeNode.node.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
    props.onStart({ x: 0, y: 0 });
  }

  private press(event: KeyboardEvent) {
    const places = this.props.context.current.droppableContainers.getEnabled();
    // The board was left with the card in hand.
    if (!places.some(({ node }) => node.current)) return this.listening.abort();
    const { code } = event;
    if (code === "Enter" || code === "Space") this.end();
    else if (code === "Escape") this.cancel();
    else if (!this.move(code)) return;
    event.preventDefault();
  }

  private move(code: string): boolean {
    const { context, options, onMove } = this.props;
    const { active, collisionRect: card, droppableRects, droppableContainers } = context.current;
    if (!active || !card) return false;
    const place = options.next(code, below(context.current), context.current);
    if (place === undefined) return code.startsWith("Arrow");
    droppableContainers.get(place)?.node.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
    const rect = droppableRects.get(place);
    if (!rect) return false;
    this.origin ??= { left: card.left, top: card.top };
    const top = Math.max(rect.top + 8, Math.min(card.top, rect.bottom - card.height - 8));
    onMove({ x: rect.left + 8 - this.origin.left, y: top - this.origin.top });
    return true;
  }

  private end() {
    this.listening.abort();
    const drop = (frames: number) => {
      const { current } = this.props.context;
      if (current.over?.id === below(current) || frames === 0) this.props.onEnd();
      else requestAnimationFrame(() => drop(frames - 1));
    };
    drop(FRAMES);
  }

  private cancel() {
    this.listening.abort();
    this.props.onCancel();
  }
}
