/** How one thing that must hold before the first run was found to be. */
export type Verdict = 'proven' | 'wrong' | 'not proven' | 'not looked at';

export interface ConnectionCheck {
	system: 'Dynamics GP' | 'Procore';
	/** What must hold, e.g. "Login". */
	what: string;
	verdict: Verdict;
	/** What was seen. */
	said: string;
	/** Where it is set right: a field of the credential, or a place in GP or Procore; blank where nothing is wrong. */
	field: string;
	/** What to do; blank where there is nothing to do. */
	remedy: string;
}

/** One line of the check of a system. */
export const checkOf =
	(system: ConnectionCheck['system']) =>
	(what: string, verdict: Verdict, said: string, field = '', remedy = ''): ConnectionCheck => ({
		system,
		what,
		verdict,
		said,
		field,
		remedy,
	});

/** Procore's rule of 2026, which no call can prove: it is said before everything else. */
const APPROVAL =
	'Before you look at anything else: since March 2026 Procore admits only approved apps to companies in production. In the developer portal (developers.procore.com > My Apps > your app) the production version must be published and approved, then installed in your company (Company Admin > App Management) and given its projects there. While it waits for approval use the sandbox keys with Environment "Developer Sandbox". A login that is refused although ID and secret are right usually means this.';

/** What a person reads: first what cannot be proven, then each check, and what to do about it. */
export function checksInWords(checks: readonly ConnectionCheck[]): { title: string; text: string } {
	const wrong = checks.filter(({ verdict }) => verdict === 'wrong');
	const open = checks.filter(({ verdict }) => verdict === 'not proven');
	const fields = [...new Set(wrong.map(({ system, field }) => `${system}: ${field}`))];
	return {
		title:
			wrong.length > 0
				? `Not ready. To be set right: ${fields.join('; ')}`
				: open.length > 0
					? 'Both connections work; something is left to look at'
					: 'Both connections work',
		text: [APPROVAL, ...checks.map(lineOf)].join('\n\n'),
	};
}

const SIGN: Record<Verdict, string> = {
	proven: '✓',
	wrong: '✗',
	'not proven': '?',
	'not looked at': '–',
};

function lineOf({ system, what, verdict, said, field, remedy }: ConnectionCheck): string {
	const where = field === '' ? '' : ` (field: ${field})`;
	const todo = remedy === '' ? '' : ` → ${remedy}`;
	return `${SIGN[verdict]} ${system}, ${what}: ${verdict}${where}. ${said}${todo}`;
}

/**
 * Every outside effect the library needs besides HTTP, handed in by the caller,
 * so that decisions are pure and tests never wait.
 */
export interface Effects {
	/** Milliseconds since the Unix epoch, UTC. */
	now(): number;
	/** Resolves after `milliseconds`; rejects with the signal's reason when aborted. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** A number in [0, 1), for jitter. Never used for secrets. */
	random(): number;
}
