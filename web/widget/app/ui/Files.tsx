/** Files in a message: pictures in place, everything else as a card to download. */

import type { Attachment } from "@sonnim/protocol";
import { useEffect, useRef, useState } from "preact/hooks";
import { fileSize } from "../locale";
import { useScene } from "./context";
import { Icon } from "./icons";

// An SVG or HTML file is never given an address of our own origin.
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);
const WIDEST = 232;
const TALLEST = 280;

function fit(width: number | null, height: number | null): { width: string; aspectRatio: string } {
  if (!width || !height) return { width: `${WIDEST}px`, aspectRatio: "4 / 3" };
  const scale = Math.min(WIDEST / width, TALLEST / height, 1);
  return { width: `${Math.max(64, Math.round(width * scale))}px`, aspectRatio: `${width} / ${height}` };
}

function Picture({ file }: { file: Attachment }) {
  const { chat, t } = useScene();
  const [url, setUrl] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    let made: string | null = null;
    let left = false;
    chat.desk.picture(file.id).then(
      (blob) => {
        if (left) return;
        made = URL.createObjectURL(new Blob([blob], { type: file.type }));
        setUrl(made);
      },
      () => setGone(true),
    );
    return () => {
      left = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [file.id]);
  const box = fit(file.width, file.height);
  if (gone) return <p class="picture gone">{t("picture.gone")}</p>;
  return (
    <>
      <button
        type="button"
        class="picture"
        style={box}
        disabled={!url}
        aria-label={t("picture.open", { name: file.name })}
        onClick={() => dialog.current?.showModal()}
        data-testid="picture"
      >
        {url && <img src={url} alt={file.name} />}
      </button>
      {url && (
        <dialog ref={dialog} class="viewer" onClick={() => dialog.current?.close()}>
          <button type="button" class="round" aria-label={t("picture.close")}>
            <Icon name="cross" />
          </button>
          <img src={url} alt={file.name} />
        </dialog>
      )}
    </>
  );
}

/** Has the browser save it. Given as bytes, it is never shown as a page of this origin. */
export function keep(content: Blob, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function FileCard({ file }: { file: Attachment }) {
  const { chat, t } = useScene();
  const [failed, setFailed] = useState(false);
  const fetchFile = async (): Promise<void> => {
    setFailed(false);
    try {
      keep(await chat.desk.picture(file.id), file.name);
    } catch {
      setFailed(true);
    }
  };
  return (
    <button
      type="button"
      class="file"
      aria-label={t("file.download", { name: file.name })}
      onClick={() => void fetchFile()}
      data-testid="file"
    >
      <Icon name={failed ? "failed" : "file"} />
      <span class="file-name">
        <bdi>{file.name}</bdi>
        <small>{fileSize(t.locale, file.size)}</small>
      </span>
      <Icon name="save" size={18} />
    </button>
  );
}

export function Files({ files }: { files: Attachment[] }) {
  return (
    <>
      {files.map((file) =>
        PICTURES.has(file.type) ? <Picture key={file.id} file={file} /> : <FileCard key={file.id} file={file} />,
      )}
    </>
  );
}
