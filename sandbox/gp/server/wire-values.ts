import { stampToEpoch } from '../company/calendar';
import type { GpDate, Money, RowStamp } from '../company/types';
import type { Switches } from './switches';

/** What tells a person's identity; the values are nobody's. */
export const IDENTITY = {
	GOVINDID: '000-00-0042',
	GOVCRPID: '00-0000042',
	BRTHDATE: '1970-02-03T00:00:00',
} as const;

/** Writes values the way the switches say GP does. */
export class WireValues {
	constructor(private readonly switches: Switches) {}

	/** Text padded to the width of its char column. */
	text(value: string, width: number): string {
		const cut = value.slice(0, width);
		return this.switches.trailingBlanks ? cut.padEnd(width) : cut;
	}

	/** A vendor id as a document holds it. */
	id(value: string): string {
		return this.switches.mixedCaseIds ? value.toLowerCase() : value;
	}

	money(value: Money): unknown {
		const { moneyFormat } = this.switches;
		if (moneyFormat === 'text') return value;
		// Fits a double exactly enough to print the same digits: fewer than 15 of them.
		const number = Number(value);
		return moneyFormat === 'number' ? number : { Currency: 'USD', DecimalDigits: 2, Value: number };
	}

	/** An empty date is 1900-01-01 in GP, never null. */
	date(value: GpDate): string {
		const day = value ?? '1900-01-01';
		return this.switches.dateFormat === 'iso'
			? `${day}T00:00:00`
			: wcf(Date.parse(`${day}T00:00:00Z`));
	}

	/** The change stamp, or undefined where the site has none. */
	stamp(value: RowStamp): string | undefined {
		const { stampMode, dateFormat, stampSuffix } = this.switches;
		if (stampMode === 'absent') return undefined;
		if (stampMode === 'dateOnly') return this.date(this.stampDate(value));
		return dateFormat === 'iso' ? `${value}${stampSuffix}` : wcf(stampToEpoch(value));
	}

	/** MODIFDT: the day of the stamp in the company's zone. */
	stampDate(value: RowStamp): string {
		const { companyZone } = this.switches;
		if (companyZone === 'UTC') return value.slice(0, 10);
		return new Intl.DateTimeFormat('en-CA', { timeZone: companyZone }).format(stampToEpoch(value));
	}
}

/** Microsoft's old JSON date. The offset of local dates is to be ignored, so none is written. */
function wcf(epochMs: number): string {
	return `/Date(${epochMs})/`;
}
