import type { Contact, Entry } from "@sonnim/protocol";
import { act, cleanup, renderHook, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GivenDesk } from "../app/desk/context";
import { WordsProvider } from "../app/i18n";
import { askedLetter, writeLetter, type AskedLetter } from "../features/letters/asked";
import { Letters } from "../features/letters/Letters";
import { useForward } from "../features/letters/useForward";
import { useNewLetter } from "../features/letters/useNewLetter";
import { contact, entry, show, testDesk, words } from "./samples";

vi.mock("../features/letters/NewLetter", () => ({ default: () => <p>a letter</p> }));

const jiwoo = contact(1, "지우", { email: "jiwoo@people.test" });
const mina = contact(2, "Mina", { email: "mina@people.test" });
const wrapper = ({ children }: { children: ReactNode }) => (
  <WordsProvider words={words}>
    <GivenDesk desk={testDesk()}>{children}</GivenDesk>
  </WordsProvider>
);
const open = (asked: AskedLetter) =>
  renderHook(
    () => {
      const letter = useNewLetter(asked);
      useForward(letter.resumed ? undefined : asked.forward, "Vase", letter.put);
      return letter;
    },
    { wrapper },
  );
const said = (text: string) => ({ text, rich: null });

let answers: (() => Response)[] = [];
let posted: { client_id?: string }[] = [];

beforeEach(() => {
  localStorage.clear();
  [answers, posted] = [[], []];
  vi.stubGlobal("fetch", (_url: string, init: RequestInit) => {
    if (init.method === "POST") posted.push(JSON.parse(String(init.body)) as { client_id?: string });
    return Promise.resolve((answers.shift() ?? (() => new Response("{}", { status: 404 })))());
  });
});
afterEach(() => {
  cleanup();
  askedLetter.set(() => null);
  vi.unstubAllGlobals();
});

const passedOn = { forward: entry(4, { text: "Is it watertight?" }) as Entry };

describe("a new letter", () => {
  it("that was begun is not lost when a mail is passed on in between", async () => {
    const first = open({});
    act(() => first.result.current.change((now) => ({ ...now, ...said("Dear all") })));
    first.unmount();
    const other = open(passedOn);
    await waitFor(() => expect(other.result.current.written.text).toContain("watertight"));
    expect(other.result.current.written.text).not.toContain("Dear all");
    other.unmount();
    expect(open({}).result.current.written.text).toBe("Dear all");
  });

  it("keeps what was typed while the mail that is passed on is read", async () => {
    const { result } = open(passedOn);
    const to = ["mina@people.test"];
    act(() => result.current.change((now) => ({ ...now, ...said("See below."), envelope: { ...now.envelope, to } })));
    await waitFor(() => expect(result.current.written.text).toContain("watertight"));
    expect(result.current.written.text).toMatch(/^See below\./);
    expect(result.current.written.envelope).toMatchObject({ to, subject: words.t("forward.subject", { subject: "Vase" }) });
  });

  it("to one person never shows what was written to another", () => {
    const first = open({ contact: jiwoo });
    act(() => first.result.current.change((now) => ({ ...now, ...said("Dear Jiwoo") })));
    first.unmount();
    expect(open({ contact: mina }).result.current.written).toMatchObject({ text: "", envelope: { to: ["mina@people.test"] } });
    expect(open({ contact: jiwoo }).result.current.written.text).toBe("Dear Jiwoo");
  });

  it("whose answer was lost is the same letter when it is opened and sent again", async () => {
    const write = (who: Contact) => open({ contact: who });
    const first = write(jiwoo);
    act(() => first.result.current.change((now) => ({ ...now, ...said("Dear Jiwoo") })));
    answers = [() => Response.error()];
    await expect(first.result.current.send()).rejects.toThrow();
    first.unmount();
    answers = [() => new Response(JSON.stringify({ conversation: 5, seq: 1 }), { status: 201 })];
    expect((await write(jiwoo).result.current.send()).conversation).toBe(5);
    expect(posted).toHaveLength(2);
    expect(posted[0]?.client_id).toBe(posted[1]?.client_id);
  });

  it("that is taken back is there again, above what was begun meanwhile", async () => {
    const first = open({ contact: jiwoo });
    act(() => first.result.current.change((now) => ({ ...now, ...said("Dear Jiwoo") })));
    answers = [() => new Response(JSON.stringify({ conversation: 5, seq: 1 }), { status: 201 }), () => new Response("{}")];
    const sent = await first.result.current.send();
    first.unmount();
    const second = open({ contact: jiwoo });
    expect(second.result.current.written.text).toBe("");
    act(() => second.result.current.change((now) => ({ ...now, ...said("And another thing") })));
    second.unmount();
    await sent.takeBack();
    const again = open({ contact: jiwoo }).result.current.written;
    expect(again.text).toBe("Dear Jiwoo\nAnd another thing");
    expect(again.envelope.to).toEqual(["jiwoo@people.test"]);
  });

  it("is closed with the desk: who signs in next has not asked for it", async () => {
    const desk = show(testDesk(), <Letters />);
    act(() => writeLetter(passedOn));
    await screen.findByText("a letter");
    desk.unmount();
    expect(askedLetter.get()).toBeNull();
  });
});
