/** The coach beside the draft: lines under what it means, a count by the send button, a question where the shop is strict. */

import { useImperativeHandle, useState, type Ref } from "react";
import { useCommand } from "../../../app/commands";
import { Count } from "./Count";
import { remarkAfter, remarkAt, type Remark } from "./marks";
import { Pointed } from "./Pointed";
import { cursorIn, goTo } from "./replacing";
import type { Reason } from "./server";
import { StrictDialog } from "./StrictDialog";
import { placesFor, useCoach, type Drafting } from "./useCoach";
import { useGate, type Gate } from "./useGate";
import { usePointed } from "./usePointed";

interface Props extends Drafting {
  phone: boolean;
  ref: Ref<Gate>;
}

export default function CoachCorner({ ref, phone, ...drafting }: Props) {
  const { draft, editor } = drafting;
  const coach = useCoach(drafting);
  const gate = useGate(coach, drafting);
  const { remarks } = coach;
  const card = usePointed(editor, draft.text, remarks);
  const [list, setList] = useState<{ asking: string | null } | null>(null);
  useImperativeHandle(ref, () => ({ holds: gate.holds }));

  const shown = remarks.filter(({ id }) => card.shown?.ids.includes(id));
  const open = list !== null && remarks.length > 0;
  if (list && !remarks.length) setList(null);

  /** The remark at the cursor, or one behind it. */
  const near = (find: typeof remarkAt, among: readonly Remark[]) => {
    const places = placesFor(editor, draft.text);
    return { places, remark: find(among, editor && places ? cursorIn(editor.view, places) : 0) };
  };
  const show = (remark: Remark | undefined, asking: boolean) => {
    const places = placesFor(editor, draft.text);
    if (!remark) return;
    if (editor && places && !asking) goTo(editor.view, places, remark.start);
    if (!places || !card.pin(places, remark, asking)) setList({ asking: asking ? remark.id : null });
  };
  const fixable = remarks.filter(({ suggestion }) => suggestion !== null);
  const back = () => editor?.commands.focus();
  const apply = (remark: Remark) => {
    card.close();
    coach.apply(remark);
    if (!open || remarks.length === 1) back();
  };
  const dismiss = (remark: Remark, reason: Reason, words: string) => {
    coach.dismiss(remark, reason, words);
    if (shown.length < 2) card.close();
    if (!open || remarks.length === 1) back();
  };

  useCommand("applyRemark", () => { const { remark } = near(remarkAt, fixable); if (remark) apply(remark); }, fixable.length > 0);
  useCommand("nextRemark", () => show(near(remarkAfter, remarks).remark, false), remarks.length > 0);
  useCommand("dismissRemark", () => show(near(remarkAt, remarks).remark, true), remarks.length > 0);

  return (
    <>
      <Count
        remarks={remarks}
        open={open}
        asking={list?.asking ?? null}
        onOpen={(on) => setList(on ? { asking: null } : null)}
        onApply={apply}
        onDismiss={dismiss}
      />
      {card.shown && shown.length > 0 && !open && (
        <Pointed
          key={`${card.shown.asking} ${card.shown.ids.join("\n")}`}
          remarks={shown}
          at={card.shown.at}
          asking={card.shown.asking}
          keys={!phone}
          onApply={apply}
          onDismiss={dismiss}
          onAsk={card.ask}
          onEnter={card.stay}
          onLeave={card.leave}
          onClose={card.close}
        />
      )}
      {gate.held && (
        <StrictDialog
          held={gate.held}
          onSend={() => gate.settle(true)}
          onLook={() => {
            const first = gate.held?.remarks[0];
            gate.settle(false);
            show(remarks.find(({ id }) => id === first?.id), false);
          }}
        />
      )}
    </>
  );
}
