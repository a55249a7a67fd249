import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { EventLine } from "../features/timeline/EventLine";
import { SceneContext, type Scene } from "../features/timeline/scene";
import { entry, show, testDesk } from "./samples";

afterEach(cleanup);

function open(text: string, permissions = ["conversation.redact"]) {
  const openMenu = vi.fn();
  const line = entry(3, { kind: "event", text, data: { what: "solved", solved: false } });
  show(
    testDesk((state) => ({ ...state, permissions })),
    <SceneContext value={{ openMenu } as unknown as Scene}>
      <EventLine entry={line} />
    </SceneContext>,
  );
  return { openMenu, line };
}

describe("what somebody said in an event", () => {
  it("has a menu for whoever may erase it", () => {
    const { openMenu, line } = open("my number is 010-1234-5678");
    fireEvent.click(screen.getByTestId("entry-actions"));
    expect(openMenu).toHaveBeenCalledWith(line, expect.anything());
  });

  it("has none for others, nor where nothing was said", () => {
    open("my number", []);
    open("");
    expect(screen.queryByTestId("entry-actions")).toBeNull();
  });
});
