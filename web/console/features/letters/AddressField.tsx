/** Addresses as pills: typed, pasted by the dozen, or found among the contacts. A wrong one is seen at once. */

import { Pill, TagsInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Contact } from "@sonnim/protocol";
import { useEffect, useState } from "react";
import { api } from "../../app/api";
import { useDesk } from "../../app/desk/context";
import { useT } from "../../app/i18n";
import type { Items } from "../../app/types";
import { addressesIn, isAddress, shownAddress } from "./addressing";

interface Props {
  label: string;
  value: readonly string[];
  placeholder?: string;
  autoFocus?: boolean;
  testid: string;
  onChange: (addresses: string[]) => void;
}

export function AddressField({ label, value, placeholder, autoFocus = false, testid, onChange }: Props) {
  const t = useT();
  const [typed, setTyped] = useState("");
  const found = useAddresses(typed);
  const wrong = value.some((each) => !isAddress(each));
  return (
    <TagsInput
      label={label}
      size="sm"
      value={[...value]}
      onChange={(values) => onChange([...new Set(values.flatMap(addressesIn))])}
      searchValue={typed}
      onSearchChange={setTyped}
      data={found.filter((each) => !value.includes(addressesIn(each)[0] ?? ""))}
      // What fits was found by the server, perhaps by a name that is not in the address.
      filter={({ options }) => options}
      splitChars={[",", ";", "\n"]}
      acceptValueOnBlur
      placeholder={value.length ? undefined : placeholder}
      error={wrong ? t("recipients.wrong") : undefined}
      data-autofocus={autoFocus || undefined}
      data-testid={testid}
      maxDropdownHeight={220}
      comboboxProps={{ withinPortal: true }}
      renderPill={({ value: address, onRemove, disabled }) => (
        <Pill
          withRemoveButton
          onRemove={onRemove}
          disabled={disabled ?? false}
          c={isAddress(String(address)) ? undefined : "var(--mantine-color-error)"}
          bd={isAddress(String(address)) ? undefined : "1px solid var(--mantine-color-error)"}
          removeButtonProps={{ "aria-label": t("recipients.remove", { address: String(address) }) }}
          data-testid="address-pill"
        >
          {String(address)}
        </Pill>
      )}
    />
  );
}

function useAddresses(typed: string): string[] {
  const { base } = useDesk();
  const [asked] = useDebouncedValue(typed.trim(), 180);
  const [found, setFound] = useState<{ asked: string; items: string[] }>({ asked: "", items: [] });
  useEffect(() => {
    if (asked.length < 2) return undefined;
    const giveUp = new AbortController();
    api.get<Items<Contact>>(`${base}/contacts?limit=8&q=${encodeURIComponent(asked)}`, giveUp.signal).then(
      ({ items }) => {
        const addresses = items.flatMap(({ name, email }) => (email ? [shownAddress({ name, address: email })] : []));
        setFound({ asked, items: [...new Set(addresses)] });
      },
      () => undefined, // one can type the address all the same
    );
    return () => giveUp.abort();
  }, [base, asked]);
  return found.asked === asked && asked ? found.items : [];
}
