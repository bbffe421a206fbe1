import { canonicalKey } from './gp-key';

/**
 * What a record waits for: a GP job, account or vendor, a Procore project, a cost code of one
 * (`9001/03-100`), a cost type, a tax detail, a currency, or fields Procore refused.
 */
export type CauseKind = 'J' | 'A' | 'V' | 'P' | 'C' | 'T' | 'TAX' | 'CURRENCY' | 'FIELDS';

const LONGEST = 120;

/**
 * `J:800`: records with the same reason code and the same cause key wait for one and the same thing,
 * whatever their messages say. Blank where there is nothing to name.
 */
export function causeKey(kind: CauseKind, value: string): string {
	const key = canonicalKey(value).slice(0, LONGEST);
	return key === '' ? '' : `${kind}:${key}`;
}

/** The parts of a written cause key; null for any other text. */
export function readCauseKey(text: string): { kind: CauseKind; value: string } | null {
	const [, kind, value] = /^(J|A|V|P|C|T|TAX|CURRENCY|FIELDS):(.+)$/s.exec(text) ?? [];
	return kind && value ? { kind: kind as CauseKind, value } : null;
}
