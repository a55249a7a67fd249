/** Where the shopper writes. What is written is kept on every keystroke. */

import type { Attachment } from "@sonnim/protocol";
import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { fileSize } from "../locale";
import type { Memory } from "../memory";
import type { Uploads } from "../uploads";
import { useScene } from "./context";
import type { EmojiProps } from "./Emoji";
import { Icon } from "./icons";
import { Tray } from "./Tray";

export interface KeptDraft {
  text: string;
  files: Attachment[];
}

const NEAR_END = 500;
const PAUSE = 4_000;
const ONE_LINE = 56;
const GROWS = CSS.supports("field-sizing", "content");

export function readDraft(memory: Memory): KeptDraft {
  try {
    const kept = JSON.parse(memory.get("draft") ?? "null") as Partial<KeptDraft> | null;
    return { text: kept?.text ?? "", files: kept?.files ?? [] };
  } catch {
    return { text: "", files: [] }; // written by something else
  }
}

const onTouch = (): boolean => matchMedia("(pointer: coarse)").matches;

export function Composer({ uploads }: { uploads: Uploads }) {
  const { chat, state, t } = useScene();
  const [text, setText] = useState(() => readDraft(chat.memory).text);
  const [Picker, setPicker] = useState<ComponentType<EmojiProps> | null>(null);
  const [tall, setTall] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const pick = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const pause = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const { list, told } = uploads;
  const done = list.flatMap((each) => each.attachment ?? []);
  const left = state.limits.text - text.length;
  const waiting = list.some((each) => each.state === "uploading");
  const empty = !text.trim() && !done.length;
  const ready = !empty && !waiting && left >= 0;
  const limits = { files: state.limits.files, size: fileSize(t.locale, state.limits.file_bytes) };

  useEffect(() => {
    chat.memory.set("draft", text || done.length ? JSON.stringify({ text, files: done }) : null);
  }, [text, done.map((file) => file.id).join()]);
  useLayoutEffect(() => {
    const box = area.current!;
    box.style.height = "auto";
    const lines = box.scrollHeight;
    // Once it has more than one line it takes the whole width, and stays so until it is empty: no flicker at the edge.
    setTall(!!text && (tall || lines > ONE_LINE));
    if (!GROWS) box.style.height = `${lines}px`;
  }, [text, tall]);
  useEffect(() => {
    if (state.open && !onTouch() && !chat.preview) area.current!.focus({ preventScroll: true });
  }, [state.open]);

  useEffect(() => {
    // What the page proposes never takes the place of what the shopper has written.
    if (state.suggested && !text.trim()) write(state.suggested);
    if (state.suggested !== null) chat.store.set({ suggested: null });
  }, [state.suggested]);

  const write = (value: string): void => {
    setText(value);
    clearTimeout(pause.current);
    chat.typing(!!value.trim(), value);
    pause.current = setTimeout(() => chat.typing(false), PAUSE);
  };
  const send = (): void => {
    if (!ready) return;
    clearTimeout(pause.current);
    chat.typing(false);
    chat.send(text.trim(), done);
    setText("");
    uploads.sent();
    area.current!.focus();
  };
  const insert = (emoji: string): void => {
    const { selectionStart, selectionEnd } = area.current!;
    write(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd));
    setPicker(null);
    area.current!.focus();
    requestAnimationFrame(() => area.current?.setSelectionRange(selectionStart + emoji.length, selectionStart + emoji.length));
  };
  const shut = (): void => {
    setPicker(null);
    area.current!.focus();
  };
  const key = (event: KeyboardEvent): void => {
    // While Hangul or Pinyin is being composed, Enter belongs to the input method (keyCode 229: older Safari).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    if (onTouch()) return; // a phone's keyboard has no Shift+Enter: there the button sends
    event.preventDefault();
    send();
  };
  const chosen = (event: Event & { currentTarget: HTMLInputElement }): void => {
    uploads.take(t, event.currentTarget.files ?? [], state.limits);
    event.currentTarget.value = "";
    area.current!.focus();
  };
  const paste = (event: ClipboardEvent): void => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    uploads.take(t, event.clipboardData.files, state.limits);
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Tray uploads={uploads} />
      <div class="notes" role="status" data-testid="composer-notes">
        {told.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {left < 0 && <p class="over">{t("text.over", { n: -left })}</p>}
        {left >= 0 && left <= NEAR_END && <p>{t("text.left", { n: left })}</p>}
        {!!list.length && <p>{t("file.limits", limits)}</p>}
        {waiting && !!text.trim() && <p>{t("file.wait")}</p>}
        {state.now?.typing_preview && !!text && <p data-testid="preview-notice">{t("preview.notice")}</p>}
      </div>
      {Picker && <Picker label={t("emoji")} onPick={insert} onClose={shut} />}
      <div class={tall ? "field tall" : "field"}>
        <textarea
          id="composer"
          ref={area}
          rows={1}
          dir="auto"
          value={text}
          placeholder={t("write")}
          aria-label={t("write")}
          aria-invalid={left < 0}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={key}
          onPaste={paste}
          data-testid="composer"
        />
        <div class="tools">
          <input ref={pick} type="file" multiple hidden onChange={chosen} data-testid="file-input" />
          <input ref={camera} type="file" accept="image/*" capture="environment" hidden onChange={chosen} />
          <button
            type="button"
            class="round"
            aria-label={t("attach")}
            title={t("file.limits", limits)}
            onClick={() => pick.current!.click()}
            data-testid="attach"
          >
            <Icon name="attach" size={22} />
          </button>
          <button type="button" class="round touch" aria-label={t("camera")} onClick={() => camera.current!.click()}>
            <Icon name="camera" size={22} />
          </button>
          <button
            type="button"
            class="round"
            aria-label={t("emoji")}
            aria-expanded={!!Picker}
            onClick={() => (Picker ? shut() : void import("./Emoji").then((found) => setPicker(() => found.default)))}
            data-testid="emoji"
          >
            <Icon name="smile" size={22} />
          </button>
          <button type="submit" class="round send" aria-label={t("send")} disabled={!ready} data-testid="send">
            <Icon name="send" size={22} />
          </button>
        </div>
      </div>
    </form>
  );
}
