/**
 * What this package keeps in Procore's `origin_data`, a text Procore never reads: the state last
 * written, so that an unchanged record is known without any memory of our own.
 */
export interface OriginData {
	src: 'gp';
	/** contentHash of the desired state last written. */
	h: string;
	/** GP's change stamp of the record at that time. */
	m?: string;
	/** Cost codes: the GP account that decides over name and code. */
	a?: string;
	/** Cost codes: the account is inactive in GP. */
	i?: 1;
	/** Direct costs: contentHash of the lines; subcontractor invoices: of what is shown of them (`hashOfShown`). */
	l?: string;
	/** Direct costs: contentHash of the lines' origin ids alone. */
	o?: string;
	/** Direct costs and subcontractor invoices: the total sent. */
	t?: string;
	/** Those and vendors: what of the GP record decided about it (`SourceReference.content`). */
	g?: string;
	/** Batch that wrote the record last, and what it did. No content: a mark alone is never written. */
	b?: BatchMark['b'];
	w?: BatchMark['w'];
	/** The marks before, latest first, kept only while their batches were not recorded either. One alone is no list. */
	p?: BatchMark | BatchMark[];
	/** contentHash of what Procore showed before drift was overwritten: seen again, Procore itself writes it so. */
	d?: string;
}

export interface BatchMark {
	/** Id of the batch. */
	b: string;
	/** c created, u updated, a adopted, r reactivated, v voided. */
	w: 'c' | 'u' | 'a' | 'r' | 'v';
}

export function writeOriginData(data: OriginData): string {
	return JSON.stringify(data);
}

/** Null for anything this package did not write. */
export function readOriginData(text: unknown): OriginData | null {
	if (typeof text !== 'string' || !text.startsWith('{')) return null;
	try {
		const data = JSON.parse(text) as Partial<OriginData>;
		return data.src === 'gp' && typeof data.h === 'string' ? (data as OriginData) : null;
	} catch {
		return null;
	}
}

/** The marks on a record, latest first: who wrote it last, and before that while nobody had recorded it. */
export function marksOn(data: OriginData | null): BatchMark[] {
	if (!data?.b || !data.w) return [];
	return [{ b: data.b, w: data.w }, ...(data.p ? [data.p].flat() : [])];
}

/**
 * Whether Procore already holds a newer state than the one at hand: both stamps known and the
 * stored one strictly later. A bare date counts as the whole day, so it is never older than a time of that day.
 */
export function isNewerInProcore(stored: OriginData | null, modified: string | undefined): boolean {
	if (!stored?.m || !modified) return false;
	const length = Math.min(stored.m.length, modified.length) >= 11 ? undefined : 10;
	return stored.m.slice(0, length) > modified.slice(0, length);
}
