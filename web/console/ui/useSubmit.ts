/** What a form does with its button: once at a time, and why it went wrong. */

import { useState, type FormEvent } from "react";
import { useWords, type Words } from "../app/i18n";
import { errorText } from "./toast";

export function useSubmit(work: () => Promise<unknown>, explain: (words: Words, error: unknown) => string = errorText) {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setWrong("");
    try {
      await work();
    } catch (error) {
      setWrong(explain(words, error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, wrong, onSubmit: (event: FormEvent) => void submit(event) };
}
