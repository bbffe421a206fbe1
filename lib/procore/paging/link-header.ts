/** Relations of an RFC 8288 Link header: { next: "https://…?page=2", last: … }. */
export function parseLinkHeader(header: string | undefined): Record<string, string> {
	const relations: Record<string, string> = {};
	for (const match of (header ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
		const relation = /rel="?([^";,]+)"?/i.exec(match[2])?.[1];
		if (relation) for (const name of relation.trim().split(/\s+/)) relations[name] = match[1];
	}
	return relations;
}
