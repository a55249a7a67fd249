/** Asked once, gently, when nobody is there to answer: where may the answer find you? */

import { useState } from "preact/hooks";
import { useScene } from "./context";

export function ContactPrompt({ away, onBegin }: { away: boolean; onBegin: () => void }) {
  const { chat, state, t } = useScene();
  const [name, setName] = useState(state.contact?.name ?? "");
  const [email, setEmail] = useState("");
  const [said, setSaid] = useState<"contact.thanks" | "contact.follows" | "contact.invalid" | "contact.failed" | null>(null);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (email && !/^\S+@\S+\.\S+$/.test(email)) return setSaid("contact.invalid");
    const change = { ...(name.trim() && { name: name.trim() }), ...(email && { email }) };
    if (!Object.keys(change).length) return chat.contactAsked();
    try {
      await chat.contact(change);
      setSaid(email && state.now?.follows ? "contact.follows" : "contact.thanks");
    } catch {
      setSaid("contact.failed");
    }
  };
  if (said === "contact.thanks" || said === "contact.follows") {
    return (
      <p class="event" role="status">
        {t(said)}
      </p>
    );
  }
  return (
    <form class="contact" onInput={onBegin} onSubmit={(event) => void save(event)} noValidate data-testid="contact-prompt">
      <h2>{t(away ? "contact.title" : "contact.titleLate")}</h2>
      <p>{t("contact.why")}</p>
      <label>
        {t("contact.name")}
        <input value={name} maxLength={120} autocomplete="name" onInput={(e) => setName(e.currentTarget.value)} />
      </label>
      <label>
        {t("contact.email")}
        <input
          type="email"
          value={email}
          maxLength={254}
          autocomplete="email"
          aria-invalid={said === "contact.invalid"}
          onInput={(e) => setEmail(e.currentTarget.value)}
        />
      </label>
      {said && <p role="alert">{t(said)}</p>}
      <div class="choices">
        <button type="submit" class="solid">
          {t("contact.save")}
        </button>
        <button type="button" class="link" onClick={() => chat.contactAsked()}>
          {t("contact.skip")}
        </button>
      </div>
    </form>
  );
}
