import { canonicalOriginId } from '../model/keys';
import type { LeftOut } from './reconcile.types';

/** Reasons for which a document in history cannot be mapped any more, though it may have been sent. */
const NOT_TOLD_ANY_MORE: ReadonlyArray<NonNullable<LeftOut['reason']>['code']> = [
	'no-distributions',
	'intercompany-unknown',
];

/**
 * Documents in history of which GP no longer tells the lines. What stands of them in Procore stays as
 * it was sent, and nothing a run reads again could change it: it is neither stale nor to be mended.
 */
export class KeptAsSent {
	private readonly documents = new Map<string, { outcome: LeftOut; standing: Set<string> }>();

	/** Takes the outcome when it is of such a document. */
	take(outcome: LeftOut): boolean {
		const code = outcome.reason?.code;
		const isSuch =
			code === 'as-sent' ||
			(outcome.history === true && code !== undefined && NOT_TOLD_ANY_MORE.includes(code));
		if (isSuch) this.documents.set(outcome.source.key, { outcome, standing: new Set() });
		return isSuch;
	}

	has(key: string | null): boolean {
		return key !== null && this.documents.has(key);
	}

	/** Notes that it stands in Procore; false for a copy of what was met before. */
	stands(key: string, originId: string): boolean {
		const { standing } = this.documents.get(key)!;
		const name = canonicalOriginId(originId);
		if (standing.has(name)) return false;
		standing.add(name);
		return true;
	}

	all(): Array<{ outcome: LeftOut; stands: boolean }> {
		return [...this.documents.values()].map(({ outcome, standing }) => ({
			outcome,
			stands: standing.size > 0 || outcome.reason?.code === 'as-sent',
		}));
	}
}

/** Where nothing of it was met in Procore. */
export const STANDS_NOWHERE =
	'GP no longer tells the distributions of the document, and it was met in none of the Procore projects read';
