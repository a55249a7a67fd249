/** How the chat looks, as the editor holds it. */

import type { WidgetSettings } from "@sonnim/protocol";

export type { WidgetSettings };
export type Appearance = WidgetSettings["appearance"];

export interface Look {
  appearance: Appearance;
  color: string;
}

export function sameLook(one: Look, other: Look): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
