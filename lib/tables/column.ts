/** One column of an n8n Data Table: what n8n stores, and what stands in it. */
export interface Column {
	type: 'string' | 'number' | 'boolean' | 'date';
	/** Amounts and UTC instants are text, so that they stay what they are. */
	holds: 'text' | 'amount' | 'instant' | 'count' | 'yesNo';
	/**
	 * Why a row may lack it: `later`, earlier versions had no such column; `unhashed`, neither had their
	 * hash chains; `byHand`, people fill the row in and may leave it blank.
	 */
	lacking?: 'later' | 'unhashed' | 'byHand';
}

export const TEXT = { type: 'string', holds: 'text' } as const;
/** Exact decimal text. */
export const AMOUNT = { type: 'string', holds: 'amount' } as const;
/** UTC, `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export const INSTANT = { type: 'string', holds: 'instant' } as const;
export const COUNT = { type: 'number', holds: 'count' } as const;
export const YES_NO = { type: 'boolean', holds: 'yesNo' } as const;

/** Text that is one of a few words. */
export function words<Word extends string>() {
	return TEXT as typeof TEXT & { readonly words: Word };
}

export function later<Kind extends Column>(column: Kind) {
	return { ...column, lacking: 'later' } as const;
}

export function unhashed<Kind extends Column>(column: Kind) {
	return { ...column, lacking: 'unhashed' } as const;
}

export function byHand<Kind extends Column>(column: Kind) {
	return { ...column, lacking: 'byHand' } as const;
}

export type Columns = Readonly<Record<string, Column>>;

type CellOf<Kind> = Kind extends { readonly words: infer Word }
	? Word
	: Kind extends { type: 'number' }
		? number
		: Kind extends { type: 'boolean' }
			? boolean
			: string;

type Lacking<Kind extends Column> = Extract<Kind, { lacking: string }> extends never ? false : true;

/** A row with these columns as the Data Table node gives and takes it. */
export type RowOf<Given extends Columns> = {
	-readonly [Name in keyof Given as Lacking<Given[Name]> extends true ? never : Name]: CellOf<
		Given[Name]
	>;
} & {
	-readonly [Name in keyof Given as Lacking<Given[Name]> extends true ? Name : never]?:
		| CellOf<Given[Name]>
		| (Given[Name] extends { lacking: 'byHand' } ? null : never);
} & {
	/** n8n's own number; absent in a row not yet written. */
	id?: number;
};
