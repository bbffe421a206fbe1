import { canonicalOriginId } from '../model/keys';

/**
 * Records of Procore by origin id, compared as GP compares: one that an older version sent under
 * another spelling is the same record. Where two stand that differ in spelling alone, the one
 * spelled as asked counts, else the one that came first.
 */
export class OriginIndex<Found> {
	private readonly spellings = new Map<string, Map<string, Found>>();

	set(originId: string, found: Found): void {
		const key = canonicalOriginId(originId);
		const group = this.spellings.get(key);
		if (group) group.set(originId, found);
		else this.spellings.set(key, new Map([[originId, found]]));
	}

	get(originId: string): Found | undefined {
		const group = this.spellings.get(canonicalOriginId(originId));
		return group?.get(originId) ?? group?.values().next().value;
	}

	has(originId: string): boolean {
		return this.get(originId) !== undefined;
	}

	delete(originId: string): void {
		this.spellings.get(canonicalOriginId(originId))?.delete(originId);
	}
}

/** The origin ids to ask Procore for, which compares them letter by letter: ours, then how it was spelled once. */
export function spellingsOf(record: {
	originId: string;
	formerOriginIds?: readonly string[];
}): string[] {
	return [record.originId, ...(record.formerOriginIds ?? [])];
}

/** Whether an origin id of ours may have been spelled otherwise: digits and separators have one case only. */
export function hasSpellings(originId: string): boolean {
	const [, , , ...names] = canonicalOriginId(originId).split(':');
	return /\p{Lu}/u.test(names.join(':'));
}
