/** Relations of an RFC 8288 Link header: { next: "https://…?page=2", last: … }. */
export function parseLinkHeader(header: string | undefined): Record<string, string> {
	const relations: Record<string, string> = {};
	for (const part of (header ?? '').slice(0, LONGEST).split(/,(?=\s{0,9}<)/)) {
		const open = part.indexOf('<');
		const close = part.indexOf('>', open);
		if (open < 0 || close < 0) continue;
		const relation = /\brel="?([^";,]{1,100})"?/i.exec(part.slice(close))?.[1];
		for (const name of relation?.trim().split(/\s/) ?? [])
			if (name !== '') relations[name] = part.slice(open + 1, close);
	}
	return relations;
}

/** Node takes no more than 16 kB of headers either. */
const LONGEST = 16_384;
