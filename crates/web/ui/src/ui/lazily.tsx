import { type ComponentType, type LazyExoticComponent, lazy, type ReactElement, useState } from "react";
import { Boundary } from "./boundary";

type Module<P> = { default: ComponentType<P> };
type Lazy<P> = ((props: P) => ReactElement) & { preload?: () => Promise<void> };

/**
 * A component whose code is loaded when it is first shown. Code that does not arrive (the server is away, or has been
 * upgraded) leaves a notice in its place, with a way to try again.
 */
export function lazily<P extends object>(load: () => Promise<Module<P>>): Lazy<P> {
  let latest: ComponentType<P> | LazyExoticComponent<ComponentType<P>> = lazy(load);
  // biome-ignore lint/correctness/noComponentHookFactories: it is called once per module, never while rendering.
  const Lazily: Lazy<P> = (props) => {
    const [Loaded, setLoaded] = useState(() => latest);
    const again = () => {
      latest = lazy(load);
      setLoaded(() => latest);
    };
    return (
      <Boundary retry={again}>
        <Loaded {...props} />
      </Boundary>
    );
  };
  // Code that cannot be loaded ahead is asked for once more when it is needed. Where nothing is left to load, the router
  // goes on without waiting, and the component is drawn at once together with what is around it.
  Lazily.preload = () =>
    load().then(
      (module) => {
        latest = module.default;
        Lazily.preload = undefined;
      },
      () => {},
    );
  return Lazily;
}
